package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.engine.sample.Sampling;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine refuses, how requests end, and that nothing is left behind. */
@Timeout(60)
class EngineLifeTest {
  private static final int FOREVER = TinyModel.CONTEXT;

  private final ReferenceBackend backend = new ReferenceBackend();
  private final TinyModel model = new TinyModel(backend);
  private final EngineOptions options =
      EngineOptions.of(model.info()).withPageSize(4).withMaxSequences(4).withStepTokens(16);
  private final Engine engine = new Engine(model, backend, options.withMaxWaiting(3));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void refusesAnEmptyPrompt() {
    assertRefused(GenerationRequest.of(), "prompt: expected at least 1 token, found none.");
  }

  @Test
  void refusesAPromptThatFillsTheContext() {
    assertRefused(
        GenerationRequest.of(new int[96]),
        "prompt: expected at most 95 tokens (a context of 96 less one for the answer), found 96.");
  }

  @Test
  void refusesIdsOutsideTheVocabulary() {
    assertRefused(
        GenerationRequest.of(1, 48), "prompt[1]: expected a token id of 0 to 47, found 48.");
    assertRefused(GenerationRequest.of(-1), "prompt[0]: expected a token id of 0 to 47, found -1.");
    assertRefused(
        GenerationRequest.of(1).withSampling(Sampling.GREEDY.withLogitBias(Map.of(99, 1f))),
        "logitBias: expected a token id of 0 to 47, found 99.");
  }

  @Test
  void refusesCountsThatMakeNoSense() {
    assertRefused(
        GenerationRequest.of(1).withMaxTokens(0), "maxTokens: expected at least 1, found 0.");
    assertRefused(
        GenerationRequest.of(1).withCandidates(5), "candidates: expected 1 to 4 (the sequences");
    assertRefused(
        GenerationRequest.of(1).withStopSequences(List.of(new int[0])),
        "stopSequences: expected at least 1 token in each");
  }

  @Test
  void refusesAContextLongerThanTheModels() {
    assertThatThrownBy(() -> new Engine(model, backend, options.withContextLength(97)))
        .hasMessage(
            "contextLength: expected at most 96, which is what this tiny model was made for, found"
                + " 97");
  }

  @Test
  void refusesMoreThanTheQueueHolds() {
    List<Generation> taken = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              while (true) {
                taken.add(engine.submit(GenerationRequest.of(1).withMaxTokens(FOREVER)));
              }
            })
        .isInstanceOf(EngineBusyException.class)
        .hasMessageStartingWith("3 requests are waiting, which is all the queue holds.");
    taken.forEach(Generation::close);
  }

  @Test
  void theContextEndsAnAnswerThatMayGoOn() throws Exception {
    Answer answer =
        Answer.of(engine.submit(GenerationRequest.of(EngineTest.prompt(1, 90)).withMaxTokens(99)));
    assertThat(answer.tokens()).hasSize(6);
    assertThat(answer.end()).isEqualTo(new Event.Finished(0, FinishReason.MAX_TOKENS, 6, 0));
  }

  @Test
  void endTokensEndAnAnswerAndAreCounted() throws Exception {
    GenerationRequest request = GenerationRequest.of(EngineTest.prompt(2, 9)).withMaxTokens(40);
    List<Integer> all = Answer.of(engine.submit(request)).tokens();
    int at = firstFresh(all, 4);
    Answer ended = Answer.of(engine.submit(request.withEndTokens(Set.of(all.get(at)))));
    assertThat(ended.tokens()).isEqualTo(all.subList(0, at + 1));
    assertThat(ended.end()).isEqualTo(new Event.Finished(0, FinishReason.STOP, at + 1, 1));
  }

  @Test
  void stopSequencesEndAnAnswerAcrossSteps() throws Exception {
    GenerationRequest request = GenerationRequest.of(EngineTest.prompt(2, 9)).withMaxTokens(40);
    List<Integer> all = Answer.of(engine.submit(request)).tokens();
    int at = firstFresh(all, 6);
    int[] stop = {all.get(at - 2), all.get(at - 1), all.get(at)};
    int[] never = {all.get(at), all.get(at), all.get(at), all.get(at)};
    Answer ended = Answer.of(engine.submit(request.withStopSequences(List.of(never, stop))));
    assertThat(ended.tokens()).isEqualTo(all.subList(0, at + 1));
    assertThat(ended.end()).isEqualTo(new Event.Finished(0, FinishReason.STOP, at + 1, 3));
  }

  @Test
  void stopSequencesDoNotReachIntoThePrompt() throws Exception {
    int[] prompt = EngineTest.prompt(2, 9);
    GenerationRequest request = GenerationRequest.of(prompt).withMaxTokens(2);
    List<Integer> all = Answer.of(engine.submit(request)).tokens();
    int[] stop = {prompt[8], all.get(0)};
    Answer answer = Answer.of(engine.submit(request.withStopSequences(List.of(stop))));
    assertThat(answer.tokens()).isEqualTo(all);
  }

  @Test
  void benchmarksGoOnWhateverIsSampled() throws Exception {
    GenerationRequest request = GenerationRequest.of(EngineTest.prompt(2, 9)).withMaxTokens(40);
    List<Integer> all = Answer.of(engine.submit(request)).tokens();
    Answer answer =
        Answer.of(engine.submit(request.withEndTokens(Set.copyOf(all)).withIgnoreStop(true)));
    assertThat(answer.tokens()).isEqualTo(all);
    assertThat(answer.end().reason()).isEqualTo(FinishReason.MAX_TOKENS);
  }

  @Test
  void cancellingEndsEveryCandidateAndFreesItsPages() throws Exception {
    Generation generation =
        engine.submit(GenerationRequest.of(1, 2, 3).withMaxTokens(FOREVER).withCandidates(3));
    assertThat(generation.next()).isInstanceOf(Event.Sampled.class);
    generation.cancel();
    assertThat(Answer.all(generation))
        .hasSize(3)
        .allMatch(answer -> answer.end().reason() == FinishReason.CANCELLED)
        .allMatch(answer -> answer.tokens().size() <= answer.end().tokens());
    assertNothingHeld();
  }

  @Test
  void aWaitingRequestCanBeCancelled() throws Exception {
    List<Generation> busy = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      busy.add(engine.submit(GenerationRequest.of(i).withMaxTokens(FOREVER)));
      busy.getLast().next();
    }
    Generation waiting = engine.submit(GenerationRequest.of(9));
    waiting.cancel();
    assertThat(Answer.of(waiting).end())
        .isEqualTo(new Event.Finished(0, FinishReason.CANCELLED, 0, 0));
    busy.forEach(Generation::close);
    for (Generation generation : busy) {
      Answer.of(generation);
    }
    assertNothingHeld();
  }

  @Test
  void closingTheEngineEndsWhatRunsAndRefusesWhatComes() throws Exception {
    List<Generation> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(engine.submit(GenerationRequest.of(i).withMaxTokens(FOREVER)));
      if (i < 4) {
        open.getLast().next();
      }
    }
    engine.close();
    for (Generation generation : open) {
      assertThat(Answer.of(generation).end().reason())
          .isIn(FinishReason.CANCELLED, FinishReason.MAX_TOKENS);
    }
    assertThatThrownBy(() -> engine.submit(GenerationRequest.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the engine is closed");
  }

  @Test
  void aFailingStepEndsItsRequestsAndTheEngineGoesOn() throws Exception {
    model.poison = 47;
    Generation bad = engine.submit(GenerationRequest.of(1, 47, 3).withCandidates(2));
    assertThat(bad.next())
        .isInstanceOfSatisfying(
            Event.Failed.class,
            failed -> assertThat(failed.message()).endsWith("token 47 is poison"));
    assertThat(bad.hasNext()).isFalse();
    assertThatThrownBy(bad::next).isInstanceOf(NoSuchElementException.class);
    GenerationRequest good = GenerationRequest.of(1, 2, 3).withMaxTokens(2);
    assertThat(Answer.of(engine.submit(good)).tokens()).hasSize(2);
    assertNothingHeld();
  }

  @Test
  void aRequestThatBansEveryTokenFailsAlone() throws Exception {
    Map<Integer, Float> ban = new HashMap<>();
    for (int id = 0; id < TinyModel.VOCABULARY; id++) {
      ban.put(id, Float.NEGATIVE_INFINITY);
    }
    Generation good = engine.submit(GenerationRequest.of(1).withMaxTokens(30));
    Generation bad =
        engine.submit(GenerationRequest.of(1).withSampling(Sampling.of(1).withLogitBias(ban)));
    assertThat(bad.next())
        .isInstanceOfSatisfying(
            Event.Failed.class,
            failed -> assertThat(failed.message()).contains("logitBias bans every token"));
    assertThat(Answer.of(good).tokens()).hasSize(30);
  }

  @Test
  void statsTellWhatARequestTook() throws Exception {
    GenerationRequest request = GenerationRequest.of(EngineTest.prompt(5, 30)).withMaxTokens(3);
    Answer.of(engine.submit(request));
    Generation again = engine.submit(request);
    Answer.of(again);
    GenerationStats stats = again.stats();
    assertThat(stats.promptTokens()).isEqualTo(30);
    assertThat(stats.cachedTokens()).isEqualTo(28); // whole pages of 4, less than 30
    assertThat(stats.sampledTokens()).isEqualTo(3);
    assertThat(stats.firstTokenNanos()).isPositive().isLessThanOrEqualTo(stats.elapsedNanos());
    awaitIdle();
    EngineStats all = engine.stats();
    assertThat(all.promptTokens()).isEqualTo(60);
    assertThat(all.cachedTokens()).isEqualTo(28);
    assertThat(all.sampledTokens()).isEqualTo(6);
    assertThat(all.stepSequences()).as("one at a time").isEqualTo(all.steps()).isPositive();
    assertThat(all.lastStepSequences()).as("when idle").isZero();
  }

  private void assertRefused(GenerationRequest request, String message) {
    assertThatThrownBy(() -> engine.submit(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(message);
  }

  /** The first place from {@code from} on whose token the answer did not have before. */
  private static int firstFresh(List<Integer> tokens, int from) {
    int at = from;
    while (tokens.indexOf(tokens.get(at)) < at) {
      at++;
    }
    return at;
  }

  private void assertNothingHeld() throws InterruptedException {
    awaitIdle();
    assertThat(engine.stats().usedPages()).isZero();
  }

  /** The engine tells its numbers after a step, which is a moment after the last event. */
  private void awaitIdle() throws InterruptedException {
    while (engine.stats().running() + engine.stats().waiting() > 0) {
      Thread.sleep(1);
    }
  }
}
