package ai.pollux.model.gemma3.vision;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.nn.GridPooling;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tower and the projector.
 *
 * @param patches [D, 3·P²], of each patch one colour after the other
 * @param positions [N, D], learned
 * @param finalNorm after the last block
 * @param patchSize P, in pixels
 * @param side of the grid of patches
 */
record Siglip(
    Linear patches,
    Weight positions,
    SiglipBlock[] blocks,
    Norm finalNorm,
    GridPooling pooling,
    Projector projector,
    int patchSize,
    int side)
    implements MediaEncoder {

  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.IMAGE);
  }

  @Override
  public long workingBytes() {
    return blocks[0].workingBytes(side * side);
  }

  @Override
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Picture picture
        && picture.height() == side * patchSize
        && picture.width() == side * patchSize;
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!reads(input)) {
      int pixels = side * patchSize;
      throw new IllegalArgumentException(
          "the tower reads pictures of %d x %d, found %s".formatted(pixels, pixels, input));
    }
    int mark = ops.mark();
    Tensor x = ops.release(mark, embed(ops, input.values())); // [N, D]
    tap.see("vision.embeddings", -1, x);
    Past past = Past.bidirectional(side * side);
    for (int i = 0; i < blocks.length; i++) {
      x = ops.release(mark, blocks[i].apply(ops, x, past));
      tap.see("vision.block", i, x);
    }
    x = finalNorm.apply(ops, x);
    tap.see("vision.post_norm", -1, x);
    int[] columns = IntStream.range(0, side * side).map(patch -> patch % side).toArray();
    int[] rows = IntStream.range(0, side * side).map(patch -> patch / side).toArray();
    Tensor pooled = pooling.apply(ops, x, columns, rows); // [n, D]
    Tensor output = ops.release(mark, projector.apply(ops, pooled));
    tap.see("vision.output", -1, output);
    return output;
  }

  private Tensor embed(Ops ops, float[] picture) {
    int[] places = IntStream.range(0, side * side).toArray();
    Tensor cut = ops.tensor(Shape.of(side * side, 3 * patchSize * patchSize), cut(picture));
    return ops.add(patches.apply(ops, cut), ops.embed(places, positions, 1));
  }

  /** A picture [3, H, W] as patches [N, 3·P²]. */
  private float[] cut(float[] picture) {
    int width = side * patchSize;
    float[] cut = new float[picture.length];
    int at = 0;
    for (int patch = 0; patch < side * side; patch++) {
      int corner = patch / side * patchSize * width + patch % side * patchSize;
      for (int colour = 0; colour < 3; colour++) {
        for (int row = 0; row < patchSize; row++) {
          int from = colour * width * width + corner + row * width;
          System.arraycopy(picture, from, cut, at, patchSize);
          at += patchSize;
        }
      }
    }
    return cut;
  }
}
