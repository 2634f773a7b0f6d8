package ai.pollux.tensor.jit;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A routine in executable memory: six whole numbers or addresses in, nothing out. It follows the
 * System V convention: they arrive in {@code rdi, rsi, rdx, rcx, r8, r9}.
 *
 * <p>One constant handle calls them all, with the address as an argument, so that the compiler sees
 * a plain call. It is no {@linkplain Linker.Option#critical critical} call, although that would
 * spare some nanoseconds: a kernel runs for milliseconds over a large weight, and the garbage
 * collector would have to wait for it.
 */
record MachineCode(MemorySegment entry) {
  private static final MethodHandle CALL = handle();

  /** Runs it. */
  void call(long a, long b, long c, long d, long e, long f) {
    try {
      CALL.invokeExact(entry, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new IllegalStateException("emitted code was not called", t);
    }
  }

  // Restricted because a wrong signature could end the JVM; ours are of this one.
  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    return Linker.nativeLinker()
        .downcallHandle(
            FunctionDescriptor.ofVoid(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
  }
}
