package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** x · factor. */
final class ScaleKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long out;
  private float factor;

  ScaleKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, float by, SimdTensor result) {
    x = input.address();
    out = result.address();
    factor = by;
    split.values(this, input.elements());
  }

  /** out[i] = x[i] · factor. The last vector may reach into the result's padding. */
  @Override
  public void range(int from, int end) {
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .mul(factor)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
  }
}
