package ai.pollux.library;

import ai.pollux.assistant.Usage;

/**
 * What an answer took, over all rounds of calls.
 *
 * @param prompt tokens that were asked
 * @param cached those of them that were not computed again
 * @param answer tokens of text and calls
 * @param thoughts tokens of thinking
 */
public record Tokens(int prompt, int cached, int answer, int thoughts) {
  static final Tokens NONE = new Tokens(0, 0, 0, 0);

  Tokens plus(Usage usage) {
    return new Tokens(
        prompt + usage.prompt().total(),
        cached + usage.cachedTokens(),
        answer + usage.answerTokens(),
        thoughts + usage.thoughtTokens());
  }
}
