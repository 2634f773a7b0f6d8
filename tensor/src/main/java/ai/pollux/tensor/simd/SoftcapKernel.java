package ai.pollux.tensor.simd;

/** cap · tanh(x / cap). */
final class SoftcapKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long out;
  private float cap;

  SoftcapKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, float limit, SimdTensor result) {
    x = input.address();
    out = result.address();
    cap = limit;
    split.values(this, input.elements());
  }

  /** out[i] = cap · tanh(x[i] / cap). The last vector may reach into the result's padding. */
  @Override
  public void range(int from, int end) {
    VectorMath.tanh(cap, 1 / cap, x + 4L * from, out + 4L * from, end - from);
  }
}
