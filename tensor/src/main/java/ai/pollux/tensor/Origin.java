package ai.pollux.tensor;

import java.util.List;

/**
 * Where a checkpoint has the values of a weight: what training calls it, and where it is written
 * back to.
 *
 * @param name of the checkpoint's tensor
 * @param shape of that tensor, outermost axis first
 * @param first which of the tensor's values is the weight's first, where it is one of several
 *     weights in one tensor, like a layer's experts; the others follow in the file's order
 * @param plus what the file's values lack of the weight's
 */
public record Origin(String name, List<Long> shape, long first, float plus) {
  /** Copies the shape. */
  public Origin {
    shape = List.copyOf(shape);
  }

  /** A weight that is a whole tensor, with the file's own values. */
  public static Origin whole(String name, List<Long> shape) {
    return new Origin(name, shape, 0, 0);
  }
}
