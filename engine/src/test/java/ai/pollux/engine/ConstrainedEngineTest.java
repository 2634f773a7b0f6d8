package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.engine.sample.Sampling;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenMask;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers keep to a form, together with all else that a request may ask. */
@Timeout(60)
final class ConstrainedEngineTest {
  private static final int END = 1;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final TinyModel model = new TinyModel(backend);
  private final EngineOptions options =
      EngineOptions.of(model.info()).withPageSize(4).withMaxSequences(8).withStepTokens(16);

  /** Tokens of 10 to 19 and of 20 to 29 in turn, some pairs of them at least, then the end. */
  private record Pairs(int least) implements TokenConstraint {
    @Override
    public TokenGuide begin() {
      return new TokenGuide() {
        private int taken;

        @Override
        public TokenMask allowed(int room) {
          int first = taken % 2 == 0 ? 10 : 20;
          boolean mayEnd = taken % 2 == 0 && taken >= 2 * least;
          // Another pair has to fit.
          if (mayEnd && room < 2) {
            return TokenMask.of(END);
          }
          int[] ids = IntStream.range(first, first + 10).toArray();
          return mayEnd
              ? TokenMask.of(IntStream.concat(IntStream.of(END), IntStream.of(ids)).toArray())
              : TokenMask.of(ids);
        }

        @Override
        public void advance(int token) {
          taken++;
        }
      };
    }

    @Override
    public int leastTokens() {
      return 2 * least;
    }
  }

  private static GenerationRequest request(int length, int least) {
    int[] prompt = IntStream.range(0, length).map(i -> (7 * i + length) % 48).toArray();
    return GenerationRequest.of(prompt)
        .withMaxTokens(21)
        .withEndTokens(Set.of(END))
        .withConstraint(new Pairs(least));
  }

  @Test
  void everyAnswerKeepsToItsFormWhateverRunsBesideIt() throws Exception {
    List<GenerationRequest> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Sampling sampling =
          switch (i % 4) {
            case 0 -> Sampling.GREEDY;
            case 1 -> Sampling.of(3).withSeed(i);
            case 2 -> Sampling.of(1).withSeed(i).withTopK(3).withPenalties(1, 1);
            default -> Sampling.of(1).withSeed(i).withTopP(0.3f).withLogprobs(4);
          };
      requests.add(request(1 + i % 17, 1 + i % 9).withSampling(sampling).withCandidates(1 + i % 3));
    }
    List<List<Answer>> alone = new ArrayList<>();
    for (GenerationRequest request : requests) {
      try (Engine engine = new Engine(model, backend, options)) {
        alone.add(Answer.all(engine.submit(request)));
      }
    }
    try (Engine engine = new Engine(model, backend, options)) {
      List<Generation> together = requests.stream().map(engine::submit).toList();
      for (int i = 0; i < requests.size(); i++) {
        List<Answer> answers = Answer.all(together.get(i));
        assertThat(answers).isEqualTo(alone.get(i));
        for (Answer answer : answers) {
          assertPairs(answer, 1 + i % 9);
        }
      }
    }
  }

  private static void assertPairs(Answer answer, int least) {
    boolean ended = answer.end().reason() == FinishReason.STOP;
    List<Integer> tokens = answer.tokens().subList(0, answer.tokens().size() - (ended ? 1 : 0));
    assertThat(tokens.size()).isEven().isGreaterThanOrEqualTo(2 * least);
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(tokens.get(i) / 10).isEqualTo(1 + i % 2);
    }
    assertThat(answer.tokens().contains(END)).isEqualTo(ended);
  }

  @Test
  void logprobsAreThoseOfTheModelAndNotOfTheForm() throws Exception {
    try (Engine engine = new Engine(model, backend, options)) {
      Sampling sampling = Sampling.GREEDY.withLogprobs(48);
      Answer answer = Answer.of(engine.submit(request(5, 3).withSampling(sampling)));
      // All tokens are reported, also those that were not allowed: their shares are the model's.
      assertThat(answer.alternatives().getFirst()).hasSize(48);
      double sum =
          answer.alternatives().getFirst().stream().mapToDouble(t -> Math.exp(t.logprob())).sum();
      // 48 shares, each within a few units of 2^-24 of its part of 1.
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aFormThatDoesNotFitIsRefusedWithNumbers() {
    try (Engine engine = new Engine(model, backend, options)) {
      assertThatThrownBy(() -> engine.submit(request(5, 4).withMaxTokens(7)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "maxTokens: an answer of the form that is asked for needs at least 8 tokens, found"
                  + " room for 7 (maxTokens is 7, the context has 91 left). Allow more, or ask for"
                  + " a smaller form.");
    }
  }

  @Test
  void aFormCannotBeAskedForWhereEndsAreIgnored() {
    try (Engine engine = new Engine(model, backend, options)) {
      assertThatThrownBy(() -> engine.submit(request(5, 4).withIgnoreStop(true)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "ignoreStop: a form says where its answers end; found both. Leave one of them out.");
    }
  }
}
