package ai.pollux.content.processor;

import java.util.List;

/**
 * A prompt with room for its media.
 *
 * @param ids all of it; shared, not copied
 * @param runs where the soft tokens stand: one run for each image, crop, sound and video frame, in
 *     the order of the media
 */
public record ExpandedPrompt(int[] ids, List<Run> runs) {
  /** Copies the list. */
  public ExpandedPrompt {
    runs = List.copyOf(runs);
  }

  /**
   * Soft tokens side by side, whose rows an encoder gives.
   *
   * @param start the first of them in {@code ids}
   * @param medium which medium they belong to, counted from 0
   */
  public record Run(int start, int length, int medium) {}
}
