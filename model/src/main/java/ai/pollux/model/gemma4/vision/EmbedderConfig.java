package ai.pollux.model.gemma4.vision;

import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;

/**
 * The sizes of the 12B's patch embedder.
 *
 * @param size of a patch's embedding
 * @param side of a patch, in pixels
 * @param positions how many columns and rows have learned places
 * @param epsilon ε of the projector's norm
 */
record EmbedderConfig(int size, int side, int positions, float epsilon) {
  private static final int MERGED = 3;

  /** From {@code vision_config}. */
  static EmbedderConfig ofHuggingFace(Settings s) {
    return new EmbedderConfig(
        s.size("mm_embed_dim", 3840),
        s.integerOr("patch_size", 16, 1, 1024) * s.integerOr("pooling_kernel_size", MERGED, 1, 64),
        s.size("mm_posemb_size", 1120),
        (float) s.positive("rms_norm_eps", 1e-6));
  }

  /** From {@code clip.vision}, whose patches are those before merging. */
  static EmbedderConfig ofGguf(Settings s, Weights weights) {
    return new EmbedderConfig(
        s.size("embedding_length"),
        s.integer("patch_size", 1, 1024) * s.integerOr("projector.scale_factor", MERGED, 1, 64),
        weights.size("positions", 1),
        (float) s.positive("attention.layer_norm_epsilon"));
  }
}
