package ai.pollux.tensor;

/** What {@link Ops#linear} and {@link Ops#embed} mean. */
final class LinearDefinition {
  private LinearDefinition() {}

  static Tensor linear(Ops ops, Tensor x, Weight w) {
    Checks.linear(x, w);
    int rows = x.size(0);
    float[] in = x.toArray();
    float[] out = new float[rows * w.out()];
    accumulate(in, rows, w, 1, out);
    return ops.tensor(Shape.of(rows, w.out()), out);
  }

  /** out[t, o] += factor · Σᵢ x[t, i] · w[o, i]. */
  private static void accumulate(float[] x, int rows, Weight w, float factor, float[] out) {
    int inputs = w.in();
    switch (w) {
      case Weight.LowRank lora -> {
        accumulate(x, rows, lora.base(), factor, out);
        int rank = lora.down().size(0);
        float[] low = new float[rows * rank];
        accumulate(x, rows, new Weight.Dense(lora.down()), 1, low);
        accumulate(low, rows, new Weight.Dense(lora.up()), factor * lora.scale(), out);
      }
      case Weight.Stored stored -> {
        long rowBytes = stored.format().bytesFor(inputs);
        float[] row = new float[inputs];
        for (int o = 0; o < w.out(); o++) {
          stored.format().decode(stored.data(), o * rowBytes, row, 0, inputs);
          dotRows(x, rows, row, 0, o, w.out(), factor, out);
        }
      }
      case Weight.Dense dense -> {
        float[] values = dense.values().toArray();
        for (int o = 0; o < w.out(); o++) {
          dotRows(x, rows, values, o * inputs, o, w.out(), factor, out);
        }
      }
      case Weight.Packed packed -> throw foreign("linear", packed);
    }
  }

  private static void dotRows(
      float[] x,
      int rows,
      float[] row,
      int at,
      int output,
      int outputs,
      float factor,
      float[] out) {
    int inputs = x.length / Math.max(rows, 1);
    for (int t = 0; t < rows; t++) {
      double sum = 0;
      for (int i = 0; i < inputs; i++) {
        sum += (double) x[t * inputs + i] * row[at + i];
      }
      out[t * outputs + output] += (float) (factor * sum);
    }
  }

  static Tensor embed(Ops ops, int[] ids, Weight table, float scale) {
    Checks.embed(ids, table);
    int width = table.in();
    float[] out = new float[ids.length * width];
    for (int t = 0; t < ids.length; t++) {
      row(table, ids[t], out, t * width);
    }
    for (int i = 0; i < out.length; i++) {
      out[i] *= scale;
    }
    return ops.tensor(Shape.of(ids.length, width), out);
  }

  private static void row(Weight table, int id, float[] out, int at) {
    int width = table.in();
    switch (table) {
      case Weight.Stored stored ->
          stored
              .format()
              .decode(stored.data(), id * stored.format().bytesFor(width), out, at, width);
      case Weight.Dense dense -> dense.values().copyTo(id * width, out, at, width);
      case Weight.LowRank lora -> {
        row(lora.base(), id, out, at);
        int rank = lora.down().size(0);
        float[] up = new float[rank];
        lora.up().copyTo(id * rank, up, 0, rank);
        float[] down = lora.down().toArray();
        for (int i = 0; i < width; i++) {
          double sum = 0;
          for (int r = 0; r < rank; r++) {
            sum += (double) up[r] * down[r * width + i];
          }
          out[at + i] += (float) (lora.scale() * sum);
        }
      }
      case Weight.Packed packed -> throw foreign("embed", packed);
    }
  }

  private static IllegalArgumentException foreign(String operation, Weight.Packed packed) {
    return new IllegalArgumentException(
        operation
            + ": the weight was packed by another backend ("
            + packed.getClass().getName()
            + "); pack it with the one that computes");
  }

  static Tensor combine(Ops ops, Tensor shares, Tensor x) {
    Checks.combine(shares, x);
    int results = shares.size(-2);
    int count = x.size(1);
    int width = x.size(2);
    float[] factors = shares.toArray();
    float[] vectors = x.toArray();
    float[] out = new float[x.size(0) * results * width];
    for (int row = 0; row < x.size(0) * results; row++) {
      int share = (shares.rank() == 3 ? row : row % results) * count;
      int from = row / results * count * width;
      for (int i = 0; i < width; i++) {
        double sum = 0;
        for (int s = 0; s < count; s++) {
          sum += (double) factors[share + s] * vectors[from + s * width + i];
        }
        out[row * width + i] = (float) sum;
      }
    }
    return ops.tensor(Shape.of(x.size(0), results, width), out);
  }
}
