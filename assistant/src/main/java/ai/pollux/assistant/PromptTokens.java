package ai.pollux.assistant;

import ai.pollux.assistant.media.Modality;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tokens a prompt takes.
 *
 * @param total all of them, with what the template puts around the words
 * @param byModality those of each modality it has, {@link Modality#TEXT} first; they add up to the
 *     total
 */
public record PromptTokens(int total, Map<Modality, Integer> byModality) {
  /**
   * Of media; all other tokens are text.
   *
   * @param media placeholders of each modality
   */
  static PromptTokens of(int total, Map<Modality, Integer> media) {
    EnumMap<Modality, Integer> all = new EnumMap<>(Modality.class);
    int ofMedia = media.values().stream().mapToInt(Integer::intValue).sum();
    all.put(Modality.TEXT, total - ofMedia);
    all.putAll(media);
    return new PromptTokens(total, all);
  }
}
