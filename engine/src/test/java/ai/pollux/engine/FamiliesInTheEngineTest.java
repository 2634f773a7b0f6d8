package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.engine.sample.Sampling;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Real families, with windows, shared layers and several head sizes, through pages and chunks. */
@Timeout(120)
class FamiliesInTheEngineTest {
  private static final int[] PROMPT = IntStream.range(0, 29).map(i -> 30 + i * 7 % 90).toArray();
  private static final int COUNT = 9;

  @TestFactory
  Stream<DynamicTest> tokensEqualThoseOfTheModelWithoutACache() {
    Stream<Path> goldens =
        Stream.of("gemma4", "gemma3", "llama", "qwen3")
            .flatMap(family -> TestFiles.goldenCases(family).stream())
            .map(folder -> folder.resolve("hf"))
            .filter(Files::exists);
    Path stories = TestFiles.data("weights/stories260K/stories260K.bin");
    return Stream.concat(goldens, Stream.of(stories))
        .map(path -> DynamicTest.dynamicTest(path.toString(), () -> check(path)));
  }

  private static void check(Path path) throws InterruptedException {
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model = Models.load(path, backend, Progress.NONE)) {
      List<Integer> expected = withoutCache(model, backend);
      EngineOptions options =
          EngineOptions.of(model.info())
              .withContextLength(64)
              .withCacheTokens(64)
              .withPageSize(4)
              .withMaxSequences(3)
              .withStepTokens(7);
      try (Engine engine = new Engine(model, backend, options)) {
        GenerationRequest request =
            GenerationRequest.of(PROMPT).withMaxTokens(COUNT).withSampling(Sampling.GREEDY);
        for (int again = 0; again < 2; again++) { // the second one finds its prefix
          for (Answer answer : Answer.all(engine.submit(request.withCandidates(2)))) {
            assertThat(answer.tokens()).isEqualTo(expected);
          }
        }
        assertThat(engine.stats().cachedTokens()).isEqualTo(28);
      }
    }
  }

  private static List<Integer> withoutCache(LanguageModel model, ReferenceBackend backend) {
    List<Integer> answer = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int[] ids =
          IntStream.concat(IntStream.of(PROMPT), answer.stream().mapToInt(Integer::intValue))
              .toArray();
      try (Ops ops = backend.open()) {
        int[] last = {ids.length - 1};
        float[] scores = model.forward(ops, ids, Past.packed(ids.length), last).toArray();
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
          best = scores[id] > scores[best] ? id : best;
        }
        answer.add(best);
      }
    }
    return answer;
  }
}
