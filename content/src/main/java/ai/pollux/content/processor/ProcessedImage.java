package ai.pollux.content.processor;

/**
 * One image, crop or video frame as an encoder reads it. Arrays are shared, not copied: nobody may
 * change them.
 */
public sealed interface ProcessedImage {
  /** How many tokens stand for it in the prompt. */
  int softTokens();

  /**
   * An image cut into patches, row by row.
   *
   * @param values [N, width]: of each patch, rows of pixels, of each pixel red, green and blue
   * @param width values of a patch
   * @param columns where each patch stands in its image, from 0
   * @param rows likewise
   */
  record Patches(float[] values, int width, int[] columns, int[] rows, int softTokens)
      implements ProcessedImage {
    /** N. */
    public int count() {
      return rows.length;
    }
  }

  /**
   * An image, or a crop of one.
   *
   * @param values [3, height, width]: the red plane, the green, the blue
   */
  record Picture(float[] values, int height, int width, int softTokens) implements ProcessedImage {}
}
