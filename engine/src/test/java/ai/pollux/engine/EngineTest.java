package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.engine.sample.Sampling;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine answers does not depend on how it gets there. */
@Timeout(60)
class EngineTest {
  private final ReferenceBackend backend = new ReferenceBackend();
  private final TinyModel model = new TinyModel(backend);
  private final EngineOptions options =
      EngineOptions.of(model.info()).withPageSize(4).withMaxSequences(8).withStepTokens(16);

  @Test
  void greedyTokensEqualThoseOfTheModelWithoutACache() throws Exception {
    int[] prompt = prompt(1, 23);
    try (Engine engine = new Engine(model, backend, options)) {
      GenerationRequest request = GenerationRequest.of(prompt).withMaxTokens(30);
      List<Integer> expected = withoutCache(prompt, 30);
      assertThat(expected.stream().distinct())
          .as("a model that repeats shows little")
          .hasSizeGreaterThan(9);
      assertThat(Answer.of(engine.submit(request)).tokens()).isEqualTo(expected);
    }
  }

  @Test
  void sixtyFourParallelRequestsGiveWhatEachGivesAlone() throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Sampling sampling = i % 3 == 0 ? Sampling.GREEDY : Sampling.of(1.5f).withSeed(i);
      requests.add(
          GenerationRequest.of(prompt(i % 7, 1 + i % 40))
              .withMaxTokens(5 + i % 20)
              .withSampling(sampling));
    }
    List<Answer> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (Engine engine = new Engine(model, backend, options)) {
        alone.add(Answer.of(engine.submit(request)));
      }
    }
    try (Engine engine = new Engine(model, backend, options)) {
      List<Generation> together = requests.stream().map(engine::submit).toList();
      for (int i = 0; i < 64; i++) {
        assertThat(Answer.of(together.get(i))).isEqualTo(alone.get(i));
      }
      assertThat(engine.stats().cachedTokens()).isPositive();
    }
  }

  @Test
  void answersDoNotDependOnStepsPagesReuseOrPreemption() throws Exception {
    GenerationRequest request =
        GenerationRequest.of(prompt(3, 37))
            .withMaxTokens(25)
            .withSampling(Sampling.of(2).withSeed(9).withLogprobs(3));
    List<EngineOptions> ways =
        List.of(
            options,
            options.withPageSize(1),
            options.withPageSize(64),
            options.withMaxSequences(1).withStepTokens(1),
            options.withStepTokens(96),
            options.withPrefixReuse(false),
            options.withCacheTokens(TinyModel.CONTEXT));
    List<Answer> answers = new ArrayList<>();
    for (EngineOptions way : ways) {
      try (Engine engine = new Engine(model, backend, way)) {
        List<Generation> same = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          same.add(engine.submit(request));
        }
        for (Generation generation : same) {
          answers.add(Answer.of(generation));
        }
      }
    }
    assertThat(answers).hasSize(42).containsOnly(answers.getFirst());
  }

  static int[] prompt(int seed, int length) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    return random.ints(length, 0, TinyModel.VOCABULARY).toArray();
  }

  private List<Integer> withoutCache(int[] prompt, int count) {
    List<Integer> all = new ArrayList<>();
    for (int id : prompt) {
      all.add(id);
    }
    for (int i = 0; i < count; i++) {
      int[] ids = all.stream().mapToInt(Integer::intValue).toArray();
      try (Ops ops = backend.open()) {
        Tensor logits =
            model.forward(ops, ids, Past.packed(ids.length), new int[] {ids.length - 1});
        float[] scores = logits.toArray();
        int best = 0;
        for (int id = 1; id < scores.length; id++) {
          best = scores[id] > scores[best] ? id : best;
        }
        all.add(best);
      }
    }
    return all.subList(prompt.length, all.size());
  }
}
