package ai.pollux.model.nn;

import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.Tap;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.Set;

/** The part of a model that reads one form of media: its tower, if it has one, and projection. */
public interface MediaEncoder {
  /** What comes in that form. */
  Set<MediaKind> kinds();

  /** About the most that one call's tensors take, for the largest input, in bytes. */
  long workingBytes();

  /** Whether an input has the form. */
  boolean reads(MediaInput input);

  /**
   * Whether each row of an input (a patch, a frame) becomes a row by itself, so that several media
   * may come as one input.
   */
  default boolean isRowByRow() {
    return false;
  }

  /**
   * The rows that stand for an input that it {@link #reads}: → [n, D].
   *
   * @throws IllegalArgumentException if the input has not the sizes the model was made for
   */
  Tensor apply(Ops ops, MediaInput input, Tap tap);
}
