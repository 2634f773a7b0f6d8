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
      assertThat(Answer.of(engine.submit(request)).tokens()).isEqualTo(withoutCache(prompt, 30));
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

  @Test
  void candidatesShareThePromptAndNothingElse() throws Exception {
    GenerationRequest request =
        GenerationRequest.of(prompt(4, 21))
            .withMaxTokens(12)
            .withSampling(Sampling.of(2).withSeed(17));
    List<List<Answer>> runs = new ArrayList<>();
    for (EngineOptions way : List.of(options, options.withPageSize(1), options.withPageSize(32))) {
      try (Engine engine = new Engine(model, backend, way)) {
        runs.add(Answer.all(engine.submit(request.withCandidates(5))));
        assertThat(Answer.of(engine.submit(request))).isEqualTo(runs.getLast().getFirst());
      }
    }
    assertThat(runs).containsOnly(runs.getFirst());
    assertThat(runs.getFirst().stream().map(Answer::tokens).distinct()).hasSize(5);
  }

  @Test
  void aChosenSeedGivesTheSameAnswerAgain() throws Exception {
    GenerationRequest request = GenerationRequest.of(1, 2, 3).withSampling(Sampling.of(3));
    try (Engine engine = new Engine(model, backend, options)) {
      Generation first = engine.submit(request.withMaxTokens(20));
      Answer answer = Answer.of(first);
      Sampling seeded = Sampling.of(3).withSeed(first.seed());
      GenerationRequest again = request.withMaxTokens(20).withSampling(seeded);
      assertThat(Answer.of(engine.submit(again))).isEqualTo(answer);
    }
  }

  @Test
  void randomArrivalsAndCancelsLeaveNothingBehind() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    EngineOptions tight = options.withCacheTokens(TinyModel.CONTEXT).withMaxSequences(6);
    List<GenerationRequest> requests = new ArrayList<>();
    List<List<Answer>> alone = new ArrayList<>();
    try (Engine engine = new Engine(model, backend, options.withPrefixReuse(false))) {
      for (int i = 0; i < 40; i++) {
        GenerationRequest request =
            GenerationRequest.of(prompt(random.nextInt(4), 1 + random.nextInt(40)))
                .withMaxTokens(1 + random.nextInt(50))
                .withCandidates(1 + random.nextInt(3))
                .withSampling(Sampling.of(2).withTopK(9).withSeed(i));
        requests.add(request);
        alone.add(Answer.all(engine.submit(request)));
      }
    }
    try (Engine engine = new Engine(model, backend, tight)) {
      List<Generation> generations = new ArrayList<>();
      for (GenerationRequest request : requests) {
        generations.add(engine.submit(request));
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(4));
          generations.get(random.nextInt(generations.size())).cancel();
        }
      }
      for (int i = 0; i < requests.size(); i++) {
        List<Answer> answers = Answer.all(generations.get(i));
        for (int c = 0; c < answers.size(); c++) {
          checkAgainst(alone.get(i).get(c), answers.get(c));
        }
      }
      while (engine.stats().running() > 0) {
        Thread.sleep(1);
      }
      assertThat(engine.stats().usedPages()).isZero();
      assertThat(engine.stats().preemptions()).isPositive();
    }
  }

  private static void checkAgainst(Answer alone, Answer answer) {
    if (answer.end().reason() == FinishReason.CANCELLED) {
      int count = answer.tokens().size();
      assertThat(answer.tokens()).isEqualTo(alone.tokens().subList(0, count));
    } else {
      assertThat(answer).isEqualTo(alone);
    }
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
