package ai.pollux.engine;

import ai.pollux.engine.sample.Sampler;
import ai.pollux.engine.sample.Scores;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenLogprob;
import ai.pollux.engine.schedule.Sequence;
import ai.pollux.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A sequence and what its tokens are for. */
final class Candidate {
  private final Generation generation;
  private final Sequence sequence;
  private final StopRule stopRule;
  private final Sampler sampler;
  private final Optional<TokenGuide> guide;
  private final int longest;
  private boolean started;

  /** The first of a request. */
  Candidate(Generation generation, Sequence sequence, int longest) {
    this(generation, sequence, new StopRule(generation.request()), longest);
  }

  private Candidate(Generation generation, Sequence sequence, StopRule stopRule, int longest) {
    this.generation = generation;
    this.sequence = sequence;
    this.stopRule = stopRule;
    this.longest = longest;
    sampler = new Sampler(generation.request().sampling(), generation.seed(), sequence.candidate());
    guide = generation.request().constraint().map(TokenConstraint::begin);
  }

  /** Another one of the same request. */
  Candidate twin(Sequence fork) {
    Candidate twin = new Candidate(generation, fork, stopRule, longest);
    twin.started = true;
    return twin;
  }

  Generation generation() {
    return generation;
  }

  Sequence sequence() {
    return sequence;
  }

  /** Notes that it takes part in steps; whether that is new. */
  boolean start() {
    if (started) {
      return false;
    }
    started = true;
    generation.started(sequence.reused());
    return true;
  }

  /** Whether it took part in a step. */
  boolean isStarted() {
    return started;
  }

  /**
   * Samples the next token from a row of scores [N, V] and tells it.
   *
   * @return whether the candidate has ended
   */
  boolean sample(Tensor logits, int row, Scores scores) {
    float[] values = scores.values();
    int vocabulary = values.length;
    logits.copyTo(row * vocabulary, values, 0, vocabulary);
    OptionalInt logprobs = generation.request().sampling().logprobs();
    double logprob = Double.NaN;
    List<TokenLogprob> alternatives = List.of();
    int token;
    if (logprobs.isPresent()) {
      double logSum = scores.logSum();
      alternatives = scores.mostLikely(logprobs.getAsInt(), logSum);
      token = next(scores);
      logits.copyTo(row * vocabulary + token, values, token, 1);
      logprob = values[token] - logSum;
    } else {
      token = next(scores);
    }
    sequence.append(token);
    int candidate = sequence.candidate();
    generation.sampled(
        new Event.Sampled(candidate, token, logprob, alternatives), System.nanoTime());
    return ends(candidate);
  }

  private int next(Scores scores) {
    if (guide.isEmpty()) {
      return sampler.next(scores);
    }
    int token = sampler.next(scores, guide.get().allowed(longest - sequence.length()));
    if (!stopRule.isEnd(token)) {
      guide.get().advance(token);
    }
    return token;
  }

  private boolean ends(int candidate) {
    int stopTokens = stopRule.stopTokens(sequence);
    if (stopTokens == 0 && sequence.length() < longest) {
      return false;
    }
    FinishReason reason = stopTokens > 0 ? FinishReason.STOP : FinishReason.MAX_TOKENS;
    generation.finished(new Event.Finished(candidate, reason, sequence.sampled(), stopTokens));
    return true;
  }
}
