package ai.pollux.tensor.simd;

/**
 * Work in parts that do not depend on each other. Kept and reused by its kernel, so that a call
 * makes no garbage.
 */
interface ParallelTask {
  /** Does one part. Any thread, any order, each part once. */
  void run(int part);
}
