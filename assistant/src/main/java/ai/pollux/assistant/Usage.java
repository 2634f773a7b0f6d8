package ai.pollux.assistant;

import java.util.Map;

/**
 * Tokens of a request so far.
 *
 * @param prompt the whole prompt
 * @param cachedTokens those of them whose keys and values were still there from earlier requests
 * @param answerTokens written as answers, of all candidates; what ended them is not counted
 * @param thoughtTokens written as thinking
 */
public record Usage(PromptTokens prompt, int cachedTokens, int answerTokens, int thoughtTokens) {
  /** Nothing yet. */
  public static final Usage NONE = new Usage(PromptTokens.of(0, Map.of()), 0, 0, 0);
}
