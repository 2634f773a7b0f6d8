package ai.pollux.model.gemma4.vision;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.nn.GridPooling;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import ai.pollux.model.nn.Turn;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.Arrays;
import java.util.Set;

/**
 * The tower of all sizes but the 12B: patches with learned places, blocks whose rows all see each
 * other, the mean of each square of patches, the way to the decoder's size.
 *
 * @param patches [D, 3·P²]
 * @param rope of half a head
 * @param standard what is done to the means; nothing in some sizes
 */
record VisionTower(
    Weight patches,
    FactoredPositions positions,
    Rope rope,
    VisionBlock[] blocks,
    GridPooling pooling,
    Norm standard,
    Projector projector)
    implements MediaEncoder {
  /** The largest budget of an image. */
  private static final int MOST_TOKENS = 1120;

  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.IMAGE, MediaKind.VIDEO);
  }

  @Override
  public long workingBytes() {
    return blocks[0].workingBytes(MOST_TOKENS * pooling.side() * pooling.side());
  }

  @Override
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Patches given && given.width() == patches.in();
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!(input instanceof MediaInput.Patches image)) {
      throw new IllegalArgumentException("the tower reads patches, found " + input);
    }
    int mark = ops.mark();
    Tensor x = ops.release(mark, embed(ops, image)); // [N, D]
    tap.see("vision.embeddings", -1, x);
    Past past = Past.bidirectional(image.count());
    Turn turn = new AxialRope(rope, image.columns(), image.rows(), heads());
    for (int i = 0; i < blocks.length; i++) {
      x = ops.release(mark, blocks[i].apply(ops, x, past, turn));
      tap.see("vision.block", i, x);
    }
    Tensor pooled = pooling.apply(ops, x, image.columns(), image.rows()); // [n, D]
    pooled = standard.apply(ops, ops.scale(pooled, (float) Math.sqrt(patches.out())));
    tap.see("vision.pooled", -1, pooled);
    Tensor output = ops.release(mark, projector.apply(ops, pooled));
    tap.see("vision.output", -1, output);
    return output;
  }

  private int heads() {
    return blocks[0].attention().heads();
  }

  /** Values from 0 to 1 are moved to -1 to 1, projected, and told their places. */
  private Tensor embed(Ops ops, MediaInput.Patches image) {
    float[] minusOne = new float[image.width()];
    Arrays.fill(minusOne, -1);
    Tensor values = ops.tensor(Shape.of(image.count(), image.width()), image.values());
    Tensor centred = ops.add(ops.scale(values, 2), ops.tensor(Shape.of(image.width()), minusOne));
    return ops.add(ops.linear(centred, patches), positions.apply(ops, image));
  }
}
