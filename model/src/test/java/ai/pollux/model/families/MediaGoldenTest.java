package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.Tap;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every golden whose prompts hold media, on every backend, held to the reference implementation:
 * what the encoders make at every stage, embeddings, blocks, logits, and the tokens of greedy
 * decoding. The models start from what the reference's front ends made of the media.
 *
 * <p>Gemma 4's goldens with sounds were made with a mask that is turned around
 * (docs/decisions/audio-mask.md). They are met at their tolerances by the same models with the mask
 * turned, which shows that nothing else differs; and the models as they are meet the reference as
 * it is meant.
 */
class MediaGoldenTest {
  private static final Map<String, Supplier<Backend>> BACKENDS =
      Map.of("reference", ReferenceBackend::new, "simd", () -> new SimdBackend(2));

  @TempDir private Path folder;

  @Test
  void theGoldensHaveMediaOfEveryFamilyThatReadsThem() {
    assertThat(GoldenCase.withMedia())
        .extracting(GoldenCase::modelType)
        .contains("gemma3", "gemma4", "gemma4_unified");
  }

  /** So that a golden file that is not found does not look like one without tensors. */
  @Test
  void whatGemma4HearsIsComparedUnderBothMasks() {
    assertThat(prompts().filter(MediaPrompt::isTurned)).hasSize(4);
    assertThat(prompts().filter(prompt -> !isAsRecorded(prompt)))
        .hasSize(4)
        .allSatisfy(prompt ->
            assertThat(prompt.expected().names(prompt.name("")))
                .contains(
                    prompt.name("embeddings"), prompt.name("block.4"), prompt.name("logits")));
  }

  /** As recorded; the stages of sounds with the mask as it is meant are SoundGoldenTest's. */
  @TestFactory
  Stream<DynamicTest> encodersMakeWhatTheReferenceMakes() {
    return each(prompts().filter(MediaGoldenTest::isAsRecorded), EncoderStages::check);
  }

  @TestFactory
  Stream<DynamicTest> wholePromptsWithoutACache() {
    return each(prompts(), MediaGoldenTest::checkWhole);
  }

  @TestFactory
  Stream<DynamicTest> thePromptAndThenSingleTokensWithAPagedCache() {
    return each(prompts(), MediaGoldenTest::checkCached);
  }

  /** The same from the GGUF and the projector that Pollux makes of the folder. */
  @TestFactory
  Stream<DynamicTest> convertedFilesMakeWhatTheReferenceMakes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.withMedia()) {
      GoldenCase allowing = golden.modelType().equals("gemma3") ? halved(golden) : golden;
      tests.add(dynamicTest(golden.name(), () -> checkConverted(allowing)));
    }
    return tests.stream();
  }

  /**
   * Gemma 3's projection is in F16 in every file: rows of an image are off by 0.0058 at most, as
   * ProjectorGoldenTest derives, in a row of about 1 per value; what follows from that grows as the
   * blocks' values do, which are ten times as large at the end.
   */
  private static GoldenCase halved(GoldenCase golden) {
    return golden
        .allowing("vision.output", 0.0058)
        .allowing("embeddings", 0.0058)
        .allowing("block", 0.058)
        .allowing("final_norm", 0.058)
        .allowing("logits", 0.058);
  }

  private void checkConverted(GoldenCase golden) throws IOException {
    Path made = Files.createDirectories(folder.resolve(golden.name().replace('/', '-')));
    try (Backend backend = new SimdBackend(2);
        LanguageModel model =
            Models.load(ConvertedFiles.open(golden.weights(), made), backend, Progress.NONE)) {
      for (GoldenCase.Prompt each : golden.prompts()) {
        for (MediaPrompt prompt : MediaPrompt.of(golden, each).toList()) {
          assertThat(model.info().media()).containsAll(prompt.needs());
          if (isAsRecorded(prompt)) {
            EncoderStages.check(prompt, model, backend);
          }
          checkWhole(prompt, model, backend);
        }
      }
    }
  }

  private interface Check {
    void run(MediaPrompt prompt, LanguageModel model, Backend backend);
  }

  private static Stream<MediaPrompt> prompts() {
    return GoldenCase.withMedia().stream()
        .flatMap(
            golden -> golden.prompts().stream().flatMap(prompt -> MediaPrompt.of(golden, prompt)));
  }

  private static boolean isAsRecorded(MediaPrompt prompt) {
    return prompt.expected() == prompt.golden();
  }

  private static Stream<DynamicTest> each(Stream<MediaPrompt> prompts, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    prompts.forEach(prompt ->
        BACKENDS.forEach((name, maker) ->
            tests.add(
                dynamicTest(
                    "%s, %s, %s".formatted(prompt.expected().name(), prompt.prompt().name(), name),
                    () -> run(check, prompt, maker)))));
    return tests.stream();
  }

  private static void run(Check check, MediaPrompt prompt, Supplier<Backend> maker) {
    try (Backend backend = maker.get();
        LanguageModel model = Models.load(prompt.golden().weights(), backend, Progress.NONE)) {
      assertThat(model.info().media()).containsAll(prompt.needs());
      check.run(prompt, model, backend);
    }
  }

  /** The prompt with the reference's own continuation in one step, as in FamiliesGoldenTest. */
  private static void checkWhole(MediaPrompt prompt, LanguageModel model, Backend backend) {
    int[] ids = prompt.prompt().ids();
    int[] greedy = prompt.expected().greedy(prompt.prompt());
    int[] rows = Arrays.copyOf(ids, ids.length + greedy.length - 1);
    System.arraycopy(greedy, 0, rows, ids.length, greedy.length - 1);
    try (Ops ops = backend.open()) {
      Tensor inputs = prompt.inputs(model, ops, rows);
      check(prompt, "embeddings", "embeddings", inputs);
      Tensor hidden =
          model.decode(
              ops,
              rows,
              inputs,
              prompt.whole(greedy.length - 1),
              (name, layer, values) ->
                  check(prompt, name, layer < 0 ? name : name + "." + layer, values));
      Tensor logits = model.logits(ops, hidden);
      check(prompt, "logits", "logits", logits);
      int[] best = new int[greedy.length];
      for (int i = 0; i < best.length; i++) {
        best[i] = Goldens.best(logits, ids.length - 1 + i);
      }
      assertThat(best).as(prompt.prompt().name()).isEqualTo(greedy);
    }
  }

  /** Compares the rows that the reference recorded, where it recorded a tensor of that name. */
  private static void check(MediaPrompt prompt, String kind, String name, Tensor values) {
    GoldenCase expected = prompt.expected();
    expected
        .tensor(prompt.name(name))
        .ifPresent(recorded -> {
          int width = values.size(1);
          int[] rows = prompt.rows();
          float[] found = new float[rows.length * width];
          for (int i = 0; i < rows.length; i++) {
            values.copyTo(rows[i] * width, found, i * width, width);
          }
          Goldens.close(prompt.name(name), found, recorded, expected.tolerance(kind));
        });
  }

  private static void checkCached(MediaPrompt prompt, LanguageModel model, Backend backend) {
    int[] ids = prompt.prompt().ids();
    int[] expected = prompt.expected().greedy(prompt.prompt());
    int[] tokens = new int[expected.length];
    int length = ids.length + tokens.length;
    try (PagedPast past =
        new PagedPast(backend, model.info(), length, ids.length, prompt.lastVisible())) {
      try (Ops ops = backend.open()) {
        Tensor inputs = prompt.inputs(model, ops, ids);
        Tensor hidden = model.decode(ops, ids, inputs, past.next(ids.length), Tap.NONE);
        tokens[0] =
            Goldens.best(model.logits(ops, ops.rows(hidden, new int[] {ids.length - 1})), 0);
      }
      for (int i = 1; i < tokens.length; i++) {
        try (Ops ops = backend.open()) {
          int[] last = {tokens[i - 1]};
          tokens[i] = Goldens.best(model.forward(ops, last, past.next(1), new int[] {0}), 0);
        }
      }
    }
    assertThat(tokens).as(prompt.prompt().name()).isEqualTo(expected);
  }
}
