package ai.pollux.model.gemma3n;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.mobilenet.MobileNetBuilder;
import ai.pollux.model.mobilenet.MobileNetV5;
import ai.pollux.model.nn.MediaEmbedder;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.Optional;
import java.util.Set;

/**
 * Reads pictures: the tower, times √C, and the way to the decoder's size.
 *
 * @param scale √C, multiplies what the tower returns
 */
record Gemma3nVision(MobileNetV5 tower, float scale, MediaEmbedder embedder)
    implements MediaEncoder {
  private static final float EPSILON = 1e-6f;

  /** Measured: 272 MiB for the published tower and pictures of 768 x 768. */
  private static final long WORKING_BYTES = 300L << 20;

  /** The side of what the adapter returns in published models: 256 rows. */
  private static final int SIDE = 16;

  /**
   * That of a checkpoint, if it has one.
   *
   * @param whole the settings of the whole file
   * @param all the weights of the whole model
   * @param hidden D of the decoder
   */
  static Optional<Gemma3nVision> of(Settings whole, Weights all, int hidden) {
    Weights weights = all.part("vision");
    if (!weights.has("stem")) {
      return Optional.empty();
    }
    int channels = weights.size("adapter.norm", 0);
    MediaEmbedder embedder =
        new MediaEmbedder(
            weights.table("embedding", weights.rows("embedding"), channels),
            weights.norm("hardNorm", channels, EPSILON),
            weights.norm("softNorm", channels, EPSILON),
            weights.matrix("projection", hidden, channels),
            new Norm.Plain(EPSILON));
    MobileNetV5 tower = MobileNetBuilder.build(weights, side(whole));
    return Optional.of(new Gemma3nVision(tower, (float) Math.sqrt(channels), embedder));
  }

  private static int side(Settings whole) {
    return switch (whole.format()) {
      case HUGGING_FACE -> {
        Settings vision = whole.section("vision_config");
        vision.expect("architecture", "mobilenetv5_300m_enc");
        yield vision.has("model_args")
            ? vision.section("model_args").integerOr("msfa_output_resolution", SIDE, 1, 1024)
            : SIDE;
      }
      case GGUF -> SIDE;
    };
  }

  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.IMAGE, MediaKind.VIDEO);
  }

  @Override
  public long workingBytes() {
    return WORKING_BYTES;
  }

  @Override
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Picture;
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!(input instanceof MediaInput.Picture picture)) {
      throw new IllegalArgumentException("vision: expected a picture, found " + input);
    }
    Tensor features = tower.apply(ops, picture, tap); // [n, C]
    Tensor rows = embedder.soft(ops, ops.scale(features, scale)); // [n, D]
    tap.see("vision.output", -1, rows);
    return rows;
  }
}
