package ai.pollux.tensor.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of backends, found by name, and what they allocate. */
final class Threads {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Threads() {}

  /** The workers of all backends. */
  static Set<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("pollux-simd-"))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The workers that are not among {@code before}. */
  static List<Thread> since(Set<Thread> before) {
    return workers().stream().filter(thread -> !before.contains(thread)).toList();
  }

  /** Bytes that the current thread and the given ones have allocated so far; makes none itself. */
  static long allocated(long[] workers) {
    long sum = THREADS.getCurrentThreadAllocatedBytes();
    for (long worker : workers) {
      sum += THREADS.getThreadAllocatedBytes(worker);
    }
    return sum;
  }
}
