package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** min(max(x, least), most). */
final class ClampKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long out;
  private float least;
  private float most;

  ClampKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, float lower, float upper, SimdTensor result) {
    x = input.address();
    out = result.address();
    least = lower;
    most = upper;
    split.values(this, input.elements());
  }

  /** out[i] = min(max(x[i], least), most). The last vector may reach into the result's padding. */
  @Override
  public void range(int from, int end) {
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .max(least)
          .min(most)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
  }
}
