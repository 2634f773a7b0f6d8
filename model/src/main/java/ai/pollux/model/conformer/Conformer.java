package ai.pollux.model.conformer;

import ai.pollux.model.MediaInput;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;

/**
 * The tower: mel features in, a row for every fourth of them out.
 *
 * @param features mel features of a frame
 * @param distances [N, D], what the blocks are told of 0 to N - 1 rows back
 */
public record Conformer(
    int features, Subsampling subsampling, Tensor distances, ConformerBlock[] blocks) {

  /** Mel frames of the longest clip, 30 seconds. */
  private static final int MOST_FRAMES = 3000;

  /**
   * What one call takes for the longest clip, in bytes. It is largest in the first convolution,
   * whose result, norm and activation are half as many frames of half as many features with all
   * channels; a block of a quarter of the frames stays below 60 D a row.
   */
  public long workingBytes() {
    long places = MOST_FRAMES / 2L * features / 2;
    long convolved = 3 * places * subsampling.stages()[0].kernel().out();
    long block = MOST_FRAMES / 4 * 60L * blocks[0].attention().distance().in();
    return Math.max(convolved, block) * Float.BYTES;
  }

  /** Whether a sound has the tower's features. */
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Sound sound && sound.width() == features;
  }

  /**
   * → [T', D], T' a quarter of the frames, rounded up.
   *
   * @throws IllegalArgumentException if the input is not a sound of at least one frame
   */
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!(input instanceof MediaInput.Sound sound) || sound.frames() < 1) {
      throw new IllegalArgumentException(
          "the tower reads sounds of at least one frame, found " + input);
    }
    int mark = ops.mark();
    Tensor mel = ops.tensor(Shape.of(sound.frames(), sound.width()), sound.values());
    Tensor x = ops.release(mark, subsampling.apply(ops, mel)); // [T', D]
    tap.see("audio.subsampled", -1, x);
    Past past = Past.packed(x.size(0));
    for (int i = 0; i < blocks.length; i++) {
      x = ops.release(mark, blocks[i].apply(ops, x, distances, past));
      tap.see("audio.block", i, x);
    }
    return x;
  }
}
