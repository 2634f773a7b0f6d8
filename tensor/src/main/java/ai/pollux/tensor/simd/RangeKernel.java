package ai.pollux.tensor.simd;

/** Work on items that do not depend on each other: values, or rows. */
interface RangeKernel {
  /** Does items {@code from} to {@code end - 1}. */
  void range(int from, int end);
}
