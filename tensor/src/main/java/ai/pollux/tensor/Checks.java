package ai.pollux.tensor;

/**
 * Refuses arguments of the wrong shape, with one wording for all operations of all backends: each
 * operation that needs more than {@link #same} and {@link #rank} has its own check here, which
 * every body of it calls first.
 */
public final class Checks {
  private Checks() {}

  /** Two tensors of one shape. */
  public static void same(String operation, Tensor a, Tensor b) {
    if (!sameShape(a, b)) {
      throw new IllegalArgumentException(
          "%s: expected two tensors of one shape, found %s and %s"
              .formatted(operation, a.shape(), b.shape()));
    }
  }

  /** A size that another argument fixes. */
  public static void size(String operation, String what, int expected, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "%s: expected %s %d, found %d".formatted(operation, what, expected, found));
    }
  }

  /** A tensor of so many axes. */
  public static void rank(String operation, int expected, Tensor x) {
    if (x.rank() != expected) {
      throw new IllegalArgumentException(
          "%s: expected a tensor of rank %d, found shape %s"
              .formatted(operation, expected, x.shape()));
    }
  }

  /** {@link Ops#add}, {@link Ops#multiply}: b of a's shape, or a vector as long as a's rows. */
  public static void broadcast(String operation, Tensor a, Tensor b) {
    if (b.rank() == 1 && a.rank() > 0) {
      size(operation, "a vector of", a.size(-1), b.size(0));
    } else {
      same(operation, a, b);
    }
  }

  /** {@link Ops#linear}. */
  public static void linear(Tensor x, Weight w) {
    rank("linear", 2, x);
    size("linear", "inputs", w.in(), x.size(1));
  }

  /** {@link Ops#combine}. */
  public static void combine(Tensor shares, Tensor x) {
    rank("combine", 3, x);
    if (shares.rank() == 3) {
      size("combine", "rows of shares", x.size(0), shares.size(0));
    } else {
      rank("combine", 2, shares);
    }
    size("combine", "shares", x.size(1), shares.size(-1));
  }

  /** {@link Ops#conv2d}. */
  public static void conv2d(Tensor x, Weight w, Convolution window) {
    rank("conv2d", 2, x);
    size("conv2d", "pixels", window.pixels(), x.size(0));
    size("conv2d", "inputs", w.in(), window.kernelPixels() * x.size(1));
  }

  /** {@link Ops#depthwise}. */
  public static void depthwise(Tensor x, Tensor kernel, Convolution window) {
    rank("depthwise", 2, x);
    rank("depthwise", 2, kernel);
    size("depthwise", "pixels", window.pixels(), x.size(0));
    size("depthwise", "pixels of the kernel", window.kernelPixels(), kernel.size(0));
    size("depthwise", "channels of the kernel", x.size(1), kernel.size(1));
  }

  /** {@link Ops#embed}. */
  public static void embed(int[] ids, Weight table) {
    for (int t = 0; t < ids.length; t++) {
      if (ids[t] < 0 || ids[t] >= table.out()) {
        throw new IllegalArgumentException(
            "embed: expected ids from 0 to %d, found %d in row %d"
                .formatted(table.out() - 1, ids[t], t));
      }
    }
  }

  /** {@link Ops#experts}. */
  public static void experts(Tensor x, Tensor routing, Weight[] gateUp, Weight[] down) {
    rank("experts", 2, x);
    rank("experts", 2, routing);
    size("experts", "routing rows", x.size(0), routing.size(0));
    size("experts", "routing columns", gateUp.length, routing.size(1));
    size("experts", "down weights", gateUp.length, down.length);
    for (int e = 0; e < gateUp.length; e++) {
      size("experts", "inputs of gate and up", x.size(1), gateUp[e].in());
      size("experts", "outputs of gate and up", 2 * down[e].in(), gateUp[e].out());
      size("experts", "outputs of down", x.size(1), down[e].out());
    }
  }

  /** {@link Ops#route}. */
  public static void route(Tensor scores, int count) {
    rank("route", 2, scores);
    if (count < 1 || count > scores.size(1)) {
      throw new IllegalArgumentException(
          "route: expected to keep 1 to %d experts, found %d".formatted(scores.size(1), count));
    }
  }

  /** {@link Ops#softcap}. */
  public static void softcap(float cap) {
    if (!(cap > 0)) {
      throw new IllegalArgumentException("softcap: expected a cap above 0, found " + cap);
    }
  }

  /** {@link Ops#clamp}. */
  public static void clamp(float least, float most) {
    if (!(least <= most)) {
      throw new IllegalArgumentException(
          "clamp: expected a range from low to high, found %s to %s".formatted(least, most));
    }
  }

  /** {@link Ops#relativeAttention}. */
  public static void relativeAttention(
      Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    rank("relativeAttention", 3, q);
    same("relativeAttention", q, k);
    same("relativeAttention", k, v);
    rank("relativeAttention", 3, distances);
    size("relativeAttention", "rows", past.rows(), q.size(0));
    size("relativeAttention", "heads of distances", q.size(1), distances.size(1));
    size("relativeAttention", "head size of distances", q.size(2), distances.size(2));
    if (distances.size(0) < 1 || !(softcap >= 0)) {
      throw new IllegalArgumentException(
          "relativeAttention: expected at least one distance and a soft cap of 0 (none) or more,"
              + " found %d and %s".formatted(distances.size(0), softcap));
    }
  }

  /** The operations over the innermost axis; {@code vectors} are gains and biases. */
  public static void rowwise(String operation, Tensor x, Tensor... vectors) {
    if (x.rank() == 0) {
      throw new IllegalArgumentException(operation + ": expected at least one axis, found none");
    }
    for (Tensor vector : vectors) {
      rank(operation, 1, vector);
      size(operation, "a vector of", x.size(-1), vector.size(0));
    }
  }

  /** {@link Ops#rope}. */
  public static void rope(Tensor x, Rope rope, Past past) {
    rank("rope", 3, x);
    size("rope", "rows", past.rows(), x.size(0));
    size("rope", "heads of", 2 * rope.frequencies().length, x.size(2));
  }

  /** {@link Ops#attention}. */
  public static void attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    rank("attention", 3, q);
    rank("attention", 3, k);
    same("attention", k, v);
    size("attention", "rows", past.rows(), q.size(0));
    size("attention", "rows of keys", past.rows(), k.size(0));
    size("attention", "head size of keys", q.size(2), k.size(2));
    if (k.size(1) == 0 || q.size(1) % k.size(1) != 0) {
      throw new IllegalArgumentException(
          "attention: expected query heads in multiples of the key/value heads, found %d and %d"
              .formatted(q.size(1), k.size(1)));
    }
    if (past instanceof CachedPast cached) {
      KvCacheLayout layout = cached.cache().layout();
      if (spec.layer() < 0 || spec.layer() >= layout.layers().size()) {
        throw new IllegalArgumentException(
            "attention: the cache has %d layers, found layer %d"
                .formatted(layout.layers().size(), spec.layer()));
      }
      KvCacheLayout.Layer layer = layout.layers().get(spec.layer());
      size("attention", "key/value heads of the cache's layer", layer.kvHeads(), k.size(1));
      size("attention", "head size of the cache's layer", layer.headSize(), k.size(2));
    }
  }

  /** {@link Ops#attention}: a step holds media blocks whole. */
  public static void visible(AttentionSpec spec, Past past) {
    for (int s = 0; s < past.sequences(); s++) {
      int end = past.firstRow(s + 1);
      for (int row = past.firstRow(s); row < end; row++) {
        if (spec.lastVisible(past, row) > past.position(end - 1)) {
          throw new IllegalArgumentException(
              "attention: row %d may look at position %d, but its sequence ends with %d; a step"
                      .formatted(row, past.lastVisible(row), past.position(end - 1))
                  + " holds media blocks whole");
        }
      }
    }
  }

  /** {@link Ops#reshape}: as many values as before. */
  public static void reshape(Tensor x, Shape shape) {
    if (x.elements() != shape.elements()) {
      throw new IllegalArgumentException(
          "reshape: expected a shape of %d values like %s, found %s"
              .formatted(x.elements(), x.shape(), shape));
    }
  }

  /** {@link Ops#rows}. */
  public static void rows(Tensor x, int[] rows) {
    rank("rows", 2, x);
    inside("rows", x, rows);
  }

  private static void inside(String operation, Tensor x, int[] rows) {
    for (int row : rows) {
      if (row < 0 || row >= x.size(0)) {
        throw new IllegalArgumentException(
            "%s: expected rows from 0 to %d, found %d".formatted(operation, x.size(0) - 1, row));
      }
    }
  }

  /** {@link Ops#place}. */
  public static void place(Tensor x, int[] rows, Tensor values) {
    rank("place", 2, x);
    rank("place", 2, values);
    size("place", "columns of the values", x.size(1), values.size(1));
    size("place", "rows of values", rows.length, values.size(0));
    inside("place", x, rows);
  }

  /** {@link Ops#concatenate}. */
  public static void concatenate(Tensor a, Tensor b) {
    rank("concatenate", 2, a);
    rank("concatenate", 2, b);
    size("concatenate", "rows", a.size(0), b.size(0));
  }

  /** {@link Ops#columns}. */
  public static void columns(Tensor x, int from, int count) {
    rank("columns", 2, x);
    if (from < 0 || count < 0 || from > x.size(1) - count) {
      throw new IllegalArgumentException(
          "columns: expected a part of the %d columns, found %d columns from %d on"
              .formatted(x.size(1), count, from));
    }
  }

  private static boolean sameShape(Tensor a, Tensor b) {
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
