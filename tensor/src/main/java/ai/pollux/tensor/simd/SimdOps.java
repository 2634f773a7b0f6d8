package ai.pollux.tensor.simd;

import ai.pollux.tensor.Checks;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * The operations of this backend: checks shapes, makes the result in the step's memory, runs the
 * kernel. One object per backend, used again for each step.
 */
final class SimdOps implements Ops {
  private final Step step;
  private final LinearKernel linear;
  private final RowLinearKernel rowLinear;
  private final EmbedKernel embedding;

  SimdOps(NativeMemory memory, WorkerPool pool) {
    step = new Step(memory);
    linear = new LinearKernel(memory, pool);
    rowLinear = new RowLinearKernel(pool);
    embedding = new EmbedKernel(linear);
  }

  /** Starts a step. */
  void begin() {
    step.begin();
  }

  @Override
  public Tensor tensor(Shape shape, float[] values) {
    return step.make("tensor", values.length).like(shape).fill("tensor", values);
  }

  @Override
  public Tensor embed(int[] ids, Weight table, float scale) {
    Checks.embed(ids, table);
    int width = table.in();
    SimdTensor out = step.make("embed", (long) ids.length * width).axis(ids.length).axis(width);
    embedding.run(ids, table, scale, out);
    return out;
  }

  @Override
  public Tensor linear(Tensor x, Weight w) {
    Checks.linear(x, w);
    if (w instanceof Weight.LowRank lora) {
      Tensor low = linear(x, new Weight.Dense(lora.down()));
      Tensor change = linear(low, new Weight.Dense(lora.up()));
      return add(linear(x, lora.base()), scale(change, lora.scale()));
    }
    SimdTensor in = step.use("linear", x);
    SimdTensor out = step.make("linear", (long) x.size(0) * w.out()).axis(x.size(0)).axis(w.out());
    if (w instanceof PackedWeight packed) {
      linear.run(in, packed, out);
    } else {
      rowLinear.run(in, w, out);
    }
    return out;
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int columns) {
    Checks.size("reshape", "values", x.elements(), Math.multiplyExact(rows, columns));
    return step.view("reshape", x, 0).axis(rows).axis(columns);
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int heads, int headSize) {
    int elements = Math.multiplyExact(Math.multiplyExact(rows, heads), headSize);
    Checks.size("reshape", "values", x.elements(), elements);
    return step.view("reshape", x, 0).axis(rows).axis(heads).axis(headSize);
  }

  @Override
  public int mark() {
    return step.mark();
  }

  @Override
  public Tensor release(int mark, Tensor kept) {
    return step.release(mark, kept);
  }

  @Override
  public void close() {
    step.end();
  }
}
