package ai.pollux.model.gemma4.audio;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.Set;

/**
 * How the 12B hears, without a tower: each frame of samples is projected; the decoder does the
 * rest.
 */
record FrameEmbedder(Projector projector) implements MediaEncoder {
  /** Of the longest clip, 30 seconds. */
  private static final int MOST_FRAMES = 750;

  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.AUDIO);
  }

  /** Samples, their norm, and two rows of the decoder's size for each frame. */
  @Override
  public long workingBytes() {
    Weight weight = projector.weight();
    return 2L * (weight.in() + weight.out()) * MOST_FRAMES * Float.BYTES;
  }

  @Override
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Sound sound && sound.width() == projector.weight().in();
  }

  @Override
  public boolean isRowByRow() {
    return true;
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!(input instanceof MediaInput.Sound sound)) {
      throw new IllegalArgumentException("the embedder reads sounds, found " + input);
    }
    int mark = ops.mark();
    Tensor frames = ops.tensor(Shape.of(sound.frames(), sound.width()), sound.values());
    Tensor rows = ops.release(mark, projector.apply(ops, frames)); // [n, D]
    tap.see("audio.output", -1, rows);
    return rows;
  }
}
