package ai.pollux.tensor;

/** What the operations that only move values mean. */
final class LayoutDefinition {
  private LayoutDefinition() {}

  static Tensor rows(Ops ops, Tensor x, int[] rows) {
    Checks.rows(x, rows);
    int width = x.size(1);
    float[] out = new float[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      x.copyTo(rows[r] * width, out, r * width, width);
    }
    return ops.tensor(Shape.of(rows.length, width), out);
  }

  static Tensor place(Ops ops, Tensor x, int[] rows, Tensor values) {
    Checks.place(x, rows, values);
    int width = x.size(1);
    float[] out = x.toArray();
    for (int r = 0; r < rows.length; r++) {
      values.copyTo(r * width, out, rows[r] * width, width);
    }
    return ops.tensor(Shape.of(x.size(0), width), out);
  }

  static Tensor columns(Ops ops, Tensor x, int from, int count) {
    Checks.columns(x, from, count);
    float[] out = new float[x.size(0) * count];
    for (int t = 0; t < x.size(0); t++) {
      x.copyTo(t * x.size(1) + from, out, t * count, count);
    }
    return ops.tensor(Shape.of(x.size(0), count), out);
  }

  static Tensor concatenate(Ops ops, Tensor a, Tensor b) {
    Checks.concatenate(a, b);
    int left = a.size(1);
    int width = left + b.size(1);
    float[] out = new float[a.size(0) * width];
    for (int t = 0; t < a.size(0); t++) {
      a.copyTo(t * left, out, t * width, left);
      b.copyTo(t * b.size(1), out, t * width + left, b.size(1));
    }
    return ops.tensor(Shape.of(a.size(0), width), out);
  }
}
