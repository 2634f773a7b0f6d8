package ai.pollux.tensor.simd;

/**
 * Blocks of working memory of one size, for the threads that run a kernel: taken for a part of the
 * work, given back after it, the last one first, so that it is still in that core's cache. As many
 * come to be as were in use at once; the backend's {@link NativeMemory} owns them.
 */
final class KernelScratch {
  private final NativeMemory memory;
  private final long bytes;
  private final long[] free;
  private int count;

  /** Blocks for at most that many threads at once. */
  KernelScratch(NativeMemory memory, long bytes, int threads) {
    this.memory = memory;
    this.bytes = bytes;
    free = new long[threads];
  }

  /** The address of a block nobody else uses. */
  synchronized long take() {
    return count == 0 ? memory.allocate(bytes) : free[--count];
  }

  /** Ends the use of a block. */
  synchronized void giveBack(long address) {
    free[count++] = address;
  }
}
