package ai.pollux.model.mobilenet;

import ai.pollux.model.MediaInput;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.List;

/**
 * The encoder: a convolution that halves the image, stages of blocks that halve it each, and the
 * adapter.
 */
public final class MobileNetV5 {
  /** By how much the image is smaller where the adapter reads it first. */
  static final int REDUCTION = 16;

  private static final int COLOURS = 3;

  private final Layers stem;
  private final List<List<Block>> stages;
  private final FusionAdapter adapter;

  MobileNetV5(Layers stem, List<List<Block>> stages, FusionAdapter adapter) {
    this.stem = stem;
    this.stages = stages;
    this.adapter = adapter;
  }

  /**
   * The image's features, row by row: → [n, C], 256 rows of 2048 in published models.
   *
   * @param picture colours from 0 to 1
   * @throws IllegalArgumentException if its sides are no multiples of what the adapter needs
   */
  public Tensor apply(Ops ops, MediaInput.Picture picture, Tap tap) {
    int mark = ops.mark();
    FeatureMap x = stem.apply(ops, pixels(ops, picture));
    x = x.with(ops.release(mark, x.values()));
    tap.see("vision.stem", -1, x.values());
    FeatureMap before = x; // what the stage before the last returned
    for (int s = 0; s < stages.size(); s++) {
      if (s == stages.size() - 1) {
        before = x;
        mark = ops.mark();
      }
      for (int b = 0; b < stages.get(s).size(); b++) {
        x = stages.get(s).get(b).apply(ops, x);
        x = x.with(ops.release(mark, x.values()));
        tap.see("vision.block." + s + "." + b, -1, x.values());
      }
    }
    Tensor features = adapter.apply(ops, before, x).values();
    tap.see("vision.msfa", -1, features);
    return features;
  }

  /** [3, H, W] → [H·W, 3]. */
  private static FeatureMap pixels(Ops ops, MediaInput.Picture picture) {
    int count = picture.height() * picture.width();
    float[] planes = picture.values();
    float[] pixels = new float[planes.length];
    for (int i = 0; i < count; i++) {
      for (int colour = 0; colour < COLOURS; colour++) {
        pixels[COLOURS * i + colour] = planes[colour * count + i];
      }
    }
    Tensor values = ops.tensor(Shape.of(count, COLOURS), pixels);
    return new FeatureMap(values, picture.height(), picture.width());
  }
}
