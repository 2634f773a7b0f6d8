package ai.pollux.tensor.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * Reads and writes off-heap memory by address. Nothing is checked here: a wrong address ends the
 * JVM, so whoever hands addresses to a kernel has checked all sizes before.
 *
 * <p>One segment over the whole address space is a constant to the compiler, so that a load is one
 * instruction; a segment per tensor would cost a bounds and a liveness check per load.
 */
final class Memory {
  static final ValueLayout.OfFloat FLOAT = JAVA_FLOAT_UNALIGNED;
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  // Restricted because it gives up bounds checks, which is its purpose here.
  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Memory() {}

  static float get(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }

  static void set(long address, float value) {
    ALL.set(JAVA_FLOAT_UNALIGNED, address, value);
  }

  /**
   * Brings bytes into the cache: one load of every line, nothing else. There is no prefetch in
   * Java, and a kernel that computes much on each line has too few loads under way to be served at
   * the memory's speed; this loop has as many as the core can hold.
   *
   * @param sink eight bytes that may be overwritten, so that the loads count for something
   */
  static void fetch(long address, long bytes, long sink) {
    long sum = 0;
    for (long at = 0; at < bytes; at += 64) {
      sum += ALL.get(JAVA_LONG_UNALIGNED, address + at);
    }
    ALL.set(JAVA_LONG_UNALIGNED, sink, sum);
  }

  /** Clears a multiple of 64 bytes. */
  static void zero(long address, long bytes) {
    FloatVector zero = FloatVector.zero(Lanes.FLOATS);
    for (long at = 0; at < bytes; at += Lanes.BYTES) {
      zero.intoMemorySegment(ALL, address + at, ORDER);
    }
  }

  /** Copies bytes; the two ranges may overlap. */
  static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }
}
