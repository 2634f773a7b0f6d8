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
    for (int i = from; i < end; i += Lanes.COUNT) {
      Memory.store(VectorMath.tanh(Memory.load(x + 4L * i).div(cap)).mul(cap), out + 4L * i);
    }
  }
}
