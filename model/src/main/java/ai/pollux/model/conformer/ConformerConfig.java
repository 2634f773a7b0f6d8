package ai.pollux.model.conformer;

/**
 * What towers differ in.
 *
 * @param features mel features of a frame
 * @param channels of the two convolutions
 * @param hiddenSize D
 * @param layers how many blocks
 * @param heads H
 * @param window how many rows the attention sees, the current one included
 * @param kernel rows of the blocks' convolution
 * @param softcap of attention scores
 * @param share of a feed-forward layer that is added
 * @param limit the largest magnitude of what is normalised
 * @param epsilon ε of the norms
 */
public record ConformerConfig(
    int features,
    int[] channels,
    int hiddenSize,
    int layers,
    int heads,
    int window,
    int kernel,
    float softcap,
    float share,
    float limit,
    float epsilon) {
  /** F of the published towers. */
  public static final int FEATURES = 128;

  /**
   * What GGUF leaves to the architecture: the attention sees chunks of 12 rows and as many before.
   */
  public static final int CHUNK = 12;

  /** Rows of the published convolutions. */
  public static final int KERNEL = 5;

  /** The published soft cap. */
  public static final float SOFTCAP = 50;

  /** The published share. */
  public static final float SHARE = 0.5f;

  /** The published limit. */
  public static final float LIMIT = 1e10f;

  /** K. */
  public int headSize() {
    return hiddenSize / heads;
  }
}
