package ai.pollux.model.gemma4.vision;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.Set;

/**
 * How the 12B sees, without a tower: each large patch is projected and told its place; the decoder
 * does the rest.
 *
 * @param patchNorm over the values of a patch
 * @param patches [I, 3·P²]
 * @param embeddingNorm after the projection
 * @param positionNorm after places were added
 */
record PatchEmbedder(
    Norm patchNorm,
    Linear patches,
    Norm embeddingNorm,
    FactoredPositions positions,
    Norm positionNorm,
    Projector projector)
    implements MediaEncoder {
  /** The largest budget of an image. */
  private static final int MOST_PATCHES = 1120;

  @Override
  public Set<MediaKind> kinds() {
    return Set.of(MediaKind.IMAGE, MediaKind.VIDEO);
  }

  /** Values, their norm, and six tensors of an embedding's size for each patch. */
  @Override
  public long workingBytes() {
    long patch = 2L * patches.weight().in() + 6L * patches.weight().out();
    return patch * MOST_PATCHES * Float.BYTES;
  }

  @Override
  public boolean reads(MediaInput input) {
    return input instanceof MediaInput.Patches given && given.width() == patches.weight().in();
  }

  @Override
  public boolean isRowByRow() {
    return true;
  }

  @Override
  public Tensor apply(Ops ops, MediaInput input, Tap tap) {
    if (!(input instanceof MediaInput.Patches image)) {
      throw new IllegalArgumentException("the embedder reads patches, found " + input);
    }
    int mark = ops.mark();
    Tensor values = ops.tensor(Shape.of(image.count(), image.width()), image.values());
    Tensor x = patches.apply(ops, patchNorm.apply(ops, values)); // [N, I]
    x = ops.release(mark, embeddingNorm.apply(ops, x));
    tap.see("vision.patch_embed", -1, x);
    x = positionNorm.apply(ops, ops.add(x, positions.apply(ops, image)));
    tap.see("vision.embeddings", -1, x);
    Tensor output = ops.release(mark, projector.apply(ops, x)); // [N, D]
    tap.see("vision.output", -1, output);
    return output;
  }
}
