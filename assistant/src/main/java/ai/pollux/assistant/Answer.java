package ai.pollux.assistant;

import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerEvent.TokenScore;
import ai.pollux.content.Part;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.Event;
import ai.pollux.engine.Generation;
import ai.pollux.engine.GenerationStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The answers to one request as they are written. For one reading thread, which waits cheaply if it
 * is virtual. Closing it cancels what is not finished.
 */
public final class Answer implements AutoCloseable {
  private final Generation generation;
  private final PromptTokens prompt;
  private final Tokenizer tokenizer;
  private final List<CandidateText> candidates;
  private final ArrayDeque<AnswerEvent> ready = new ArrayDeque<>();
  private final List<EndReason> reasons = new CopyOnWriteArrayList<>();
  private int open;

  Answer(
      Generation generation,
      PromptTokens prompt,
      Tokenizer tokenizer,
      List<CandidateText> candidates) {
    this.generation = generation;
    this.prompt = prompt;
    this.tokenizer = tokenizer;
    this.candidates = candidates;
    open = candidates.size();
  }

  /** Whether {@link #next} will return another event, now or later. Does not wait. */
  public boolean hasNext() {
    return open > 0 || !ready.isEmpty();
  }

  /**
   * The next event; waits for it.
   *
   * @throws AnswerException if the model failed
   * @throws NoSuchElementException if every candidate has ended
   */
  public AnswerEvent next() throws InterruptedException {
    while (ready.isEmpty()) {
      if (open == 0) {
        throw new NoSuchElementException("every candidate has ended: ask hasNext() first");
      }
      read(generation.next());
    }
    return ready.remove();
  }

  /** Tokens so far. */
  public Usage usage() {
    GenerationStats stats = generation.stats();
    int answer = candidates.stream().mapToInt(CandidateText::answerTokens).sum();
    int thoughts = candidates.stream().mapToInt(CandidateText::thoughtTokens).sum();
    return new Usage(prompt, stats.cachedTokens(), answer, thoughts);
  }

  /** The seed of the draws: the request's, or the one that was chosen for it. */
  public long seed() {
    return generation.seed();
  }

  /** From the request to the first token; -1 before there is one. */
  public long firstTokenNanos() {
    return stats().firstTokenNanos();
  }

  /** What the engine counted so far; may be asked from any thread. */
  public GenerationStats stats() {
    return generation.stats();
  }

  /** Why the candidates ended that have ended, in the order in which they did. */
  public List<EndReason> reasons() {
    return List.copyOf(reasons);
  }

  /** Cancels. */
  @Override
  public void close() {
    generation.close();
  }

  private void read(Event event) {
    switch (event) {
      case Event.Sampled sampled -> {
        CandidateText candidate = candidates.get(sampled.candidate());
        if (!candidate.isEnded()) {
          say(sampled.candidate(), candidate.push(sampled.token()), score(candidate, sampled));
          if (candidate.isEnded()) {
            end(sampled.candidate(), EndReason.STOP);
          }
        }
      }
      case Event.Finished finished -> {
        CandidateText candidate = candidates.get(finished.candidate());
        if (!candidate.isEnded()) {
          say(finished.candidate(), candidate.finish(), Optional.empty());
          end(
              finished.candidate(),
              switch (finished.reason()) {
                case STOP -> candidate.isMalformed() ? EndReason.MALFORMED_CALL : EndReason.STOP;
                case MAX_TOKENS -> EndReason.MAX_TOKENS;
                case CANCELLED -> EndReason.CANCELLED;
              });
        }
      }
      case Event.Failed failed -> {
        open = 0;
        throw new AnswerException(failed.message());
      }
    }
  }

  private void say(int candidate, List<Part> parts, Optional<TokenScore> score) {
    if (!parts.isEmpty() || score.isPresent()) {
      ready.add(new AnswerEvent.Said(candidate, parts, score.stream().toList()));
    }
  }

  /**
   * When the last open candidate was ended by a stop string the engine still goes on: it is told to
   * end.
   */
  private void end(int candidate, EndReason reason) {
    ready.add(new AnswerEvent.Ended(candidate, reason));
    reasons.add(reason);
    open--;
    if (open == 0) {
      generation.cancel();
    }
  }

  private Optional<TokenScore> score(CandidateText candidate, Event.Sampled sampled) {
    if (Double.isNaN(sampled.logprob()) || candidate.endsWith(sampled.token())) {
      return Optional.empty();
    }
    List<TokenScore> alternatives = new ArrayList<>();
    sampled
        .alternatives()
        .forEach(each ->
            alternatives.add(
                new TokenScore(text(each.token()), each.token(), each.logprob(), List.of())));
    return Optional.of(
        new TokenScore(text(sampled.token()), sampled.token(), sampled.logprob(), alternatives));
  }

  private String text(int token) {
    return tokenizer.decode(new int[] {token});
  }
}
