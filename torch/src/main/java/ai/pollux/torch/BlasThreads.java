package ai.pollux.torch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * The threads of OpenBLAS, which libtorch multiplies f32 matrices with. They are its own, beside
 * libtorch's, and wait spinning: where libtorch's threads each call it, or compute something else,
 * they take the cores from them.
 */
final class BlasThreads {
  private BlasThreads() {}

  /** Sets their number in the whole process; nothing where libtorch has another library. */
  @SuppressWarnings("restricted") // a call into C
  static void set(int threads) {
    Pointer setter = Loader.addressof("openblas_set_num_threads");
    if (setter == null || setter.isNull()) {
      return;
    }
    try {
      Linker.nativeLinker()
          .downcallHandle(
              MemorySegment.ofAddress(setter.address()),
              FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_set_num_threads failed", e);
    }
  }
}
