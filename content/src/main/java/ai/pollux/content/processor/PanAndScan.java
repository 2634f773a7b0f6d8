package ai.pollux.content.processor;

/**
 * Gemma 3's crops of images that are much wider than high, or the other way round: side by side, as
 * near to squares as can be.
 *
 * @param minCropSize no crop has a side shorter than this, in pixels
 * @param maxCrops at most so many
 * @param minRatio long by short side from which on crops are taken
 */
public record PanAndScan(int minCropSize, int maxCrops, double minRatio) {
  /** Refuses settings without meaning. */
  public PanAndScan {
    if (maxCrops < 1 || minCropSize < maxCrops || !(minRatio >= 1)) {
      throw new ProcessorException(
          "Expected pan and scan with at least 1 crop, a crop size of at least as many pixels, a ratio of at least 1; found %d crops, %d and %s."
              .formatted(maxCrops, minCropSize, minRatio));
    }
  }

  /** The reference's: 256 pixels, 4 crops, from 1.2 on. */
  public static PanAndScan standard() {
    return new PanAndScan(256, 4, 1.2);
  }

  /** How many crops are taken of an image of this size; 0 for none. */
  int crops(int width, int height) {
    int longer = Math.max(width, height);
    int shorter = Math.min(width, height);
    double ratio = (double) longer / shorter;
    if (ratio < minRatio) {
      return 0;
    }
    int crops = Math.min(longer / minCropSize, (int) Math.floor(ratio + 0.5));
    crops = Math.min(maxCrops, Math.max(2, crops));
    return Math.min(Math.ceilDiv(longer, crops), shorter) < minCropSize ? 0 : crops;
  }
}
