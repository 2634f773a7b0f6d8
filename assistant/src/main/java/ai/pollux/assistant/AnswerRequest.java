package ai.pollux.assistant;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.engine.sample.Sampling;
import java.util.List;
import java.util.OptionalInt;

/**
 * What to answer, and how.
 *
 * @param sampling how tokens are picked; start from {@link Assistant#defaultSampling}
 * @param maxTokens the most tokens of an answer; absent for as many as the context holds
 * @param candidates how many answers, drawn independently
 * @param stopStrings texts that end an answer and are not part of it
 * @param shape what the answers are held to
 */
public record AnswerRequest(
    Prompt prompt,
    Sampling sampling,
    OptionalInt maxTokens,
    int candidates,
    List<String> stopStrings,
    AnswerShape shape) {
  public AnswerRequest {
    stopStrings = List.copyOf(stopStrings);
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates: expected at least 1, found " + candidates);
    }
  }

  /** Answers of any shape. */
  public AnswerRequest(
      Prompt prompt,
      Sampling sampling,
      OptionalInt maxTokens,
      int candidates,
      List<String> stopStrings) {
    this(prompt, sampling, maxTokens, candidates, stopStrings, new AnswerShape.Free());
  }

  /** Whether the model is asked to think first. */
  boolean isThinking() {
    return prompt instanceof Prompt.Chat chat && chat.thinking();
  }
}
