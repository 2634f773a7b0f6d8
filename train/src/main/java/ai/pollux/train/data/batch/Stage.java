package ai.pollux.train.data.batch;

import ai.pollux.train.data.DataException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a run with shares of its own.
 *
 * @param name for messages and metrics
 * @param length when it ends
 * @param measure what is shared
 * @param weights of sources by name: shares need not add up to 1; sources that are not named rest
 */
public record Stage(String name, Length length, Measure measure, Map<String, Double> weights) {
  /** Checks the weights, and puts them in order of name: the order of a map may be chance. */
  public Stage {
    weights = Collections.unmodifiableMap(new TreeMap<>(weights));
    if (weights.isEmpty()) {
      throw new DataException("Stage " + name + ": expected weights of sources, found none.");
    }
    weights.forEach((source, weight) -> {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new DataException(
            "Stage %s, source %s: expected a weight above 0, found %s. Leave a source out to rest it."
                .formatted(name, source, weight));
      }
    });
  }

  /** What weights are shares of. */
  public enum Measure {
    SAMPLES,
    /** Rows of steps, those of media among them. */
    TOKENS
  }

  /** When a stage ends. */
  public sealed interface Length {
    /** After so many steps. */
    record Steps(long count) implements Length {}

    /** With the step that brings so many tokens together. */
    record Tokens(long count) implements Length {}

    /** When its sources have no sample left. */
    record Exhausted() implements Length {}

    /** Whether a stage of so many steps and tokens is over. */
    default boolean isReached(long steps, long tokens) {
      return switch (this) {
        case Steps(long count) -> steps >= count;
        case Tokens(long count) -> tokens >= count;
        case Exhausted _ -> false;
      };
    }
  }
}
