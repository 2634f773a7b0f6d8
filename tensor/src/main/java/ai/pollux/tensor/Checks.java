package ai.pollux.tensor;

/** Refuses arguments of the wrong shape with one wording for all operations. */
final class Checks {
  private Checks() {}

  static void same(String operation, Tensor a, Tensor b) {
    if (!sameShape(a, b)) {
      throw new IllegalArgumentException(
          "%s: expected two tensors of one shape, found %s and %s"
              .formatted(operation, a.shape(), b.shape()));
    }
  }

  static void size(String operation, String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "%s: expected %s %d, found %d".formatted(operation, what, expected, found));
    }
  }

  static void rank(String operation, int expected, Tensor x) {
    if (x.rank() != expected) {
      throw new IllegalArgumentException(
          "%s: expected a tensor of rank %d, found shape %s"
              .formatted(operation, expected, x.shape()));
    }
  }

  static boolean sameShape(Tensor a, Tensor b) {
    if (a.rank() != b.rank()) {
      return false;
    }
    for (int axis = 0; axis < a.rank(); axis++) {
      if (a.size(axis) != b.size(axis)) {
        return false;
      }
    }
    return true;
  }
}
