package ai.pollux.train.data.encode;

import java.util.List;

/**
 * Tokens that see each other, and nothing else. Arrays are shared, not copied.
 *
 * @param source of the sample
 * @param ids [T], placeholders of media among them
 * @param targets [T]: the token that row t is to predict, which is {@code ids[t + 1]}, or {@link
 *     #NOT_LEARNED}
 * @param media in order of their rows
 */
public record Sequence(String source, int[] ids, int[] targets, List<PlacedInput> media) {
  /** In place of a target: the row predicts nothing. */
  public static final int NOT_LEARNED = -100;

  /** Copies the list. */
  public Sequence {
    media = List.copyOf(media);
  }

  /** T. */
  public int length() {
    return ids.length;
  }
}
