package ai.pollux.assistant;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to answer. What is absent takes the checkpoint's own default ({@code
 * generation_config.json}), else temperature 1 over all tokens.
 *
 * @param temperature 0 always takes the likeliest token
 * @param topK how many of the likeliest tokens to choose from
 * @param topP the smallest set of likeliest tokens with this probability in sum
 * @param minP tokens at least this likely, as a share of the likeliest
 * @param presencePenalty taken off the score of every token that was already written
 * @param frequencyPenalty taken off the score of a token as many times as it was written
 * @param seed the same seed gives the same answer
 * @param maxTokens the most tokens to write; absent for as many as the context holds
 * @param candidates how many answers
 * @param stopStrings texts that end the answer and are not part of it
 * @param logprobs how many of the likeliest tokens to tell at every step; absent for no
 *     probabilities at all
 */
public record Settings(
    OptionalDouble temperature,
    OptionalInt topK,
    OptionalDouble topP,
    OptionalDouble minP,
    OptionalDouble presencePenalty,
    OptionalDouble frequencyPenalty,
    OptionalLong seed,
    OptionalInt maxTokens,
    int candidates,
    List<String> stopStrings,
    OptionalInt logprobs) {

  /** The checkpoint's defaults, one answer. */
  public static final Settings DEFAULT =
      new Settings(
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          1,
          List.of(),
          OptionalInt.empty());

  public Settings {
    stopStrings = List.copyOf(stopStrings);
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates: expected at least 1, found " + candidates);
    }
  }
}
