package ai.pollux.content.processor;

import ai.pollux.content.image.Resampling;
import java.util.Set;

/**
 * How Gemma 4 cuts images and video frames.
 *
 * @param patchSize side of a patch, in pixels
 * @param poolingSize side of the square of patches that becomes one token
 * @param softTokens the most tokens of an image: the budget
 * @param isMerged whether the square of patches is handed over as one large patch, as the 12B model
 *     without encoder takes it
 */
public record PatchSettings(
    int patchSize,
    int poolingSize,
    int softTokens,
    boolean isMerged,
    Resampling resampling,
    Scaling scaling) {
  /** The budgets that the family was trained with. */
  public static final Set<Integer> BUDGETS = Set.of(70, 140, 280, 560, 1120);

  /** Refuses sizes that are none, and budgets that the family does not know. */
  public PatchSettings {
    if (patchSize < 1 || patchSize > 256 || poolingSize < 1 || poolingSize > 16) {
      throw new ProcessorException(
          "Expected patch_size from 1 to 256 and pooling_kernel_size from 1 to 16, found %d and %d."
              .formatted(patchSize, poolingSize));
    }
    if (!BUDGETS.contains(softTokens)) {
      throw new ProcessorException(
          "Expected max_soft_tokens to be 70, 140, 280, 560 or 1120, found %d."
              .formatted(softTokens));
    }
  }

  /** Published images of the models with a vision tower: 280 tokens of 3 x 3 patches of 16. */
  public static PatchSettings gemma4() {
    return new PatchSettings(16, 3, 280, false, Resampling.BICUBIC, Scaling.unit());
  }

  /** Published images of the 12B model: 280 patches of 48. */
  public static PatchSettings gemma4Unified() {
    return gemma4().merged();
  }

  /** The frames of a video: 70 tokens each, by default. */
  public PatchSettings frames() {
    return new PatchSettings(patchSize, poolingSize, 70, isMerged, resampling, Scaling.divided());
  }

  /** These settings with another budget, for one image or prompt. */
  public PatchSettings withSoftTokens(int budget) {
    return new PatchSettings(patchSize, poolingSize, budget, isMerged, resampling, scaling);
  }

  /** These settings with other sizes: those of a checkpoint's encoder. */
  public PatchSettings withSizes(int patch, int pooling) {
    return new PatchSettings(patch, pooling, softTokens, isMerged, resampling, scaling);
  }

  private PatchSettings merged() {
    return new PatchSettings(patchSize, poolingSize, softTokens, true, resampling, scaling);
  }
}
