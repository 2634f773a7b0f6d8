package ai.pollux.tensor.simd;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The off-heap memory of one backend: zeroed, aligned, counted. Large blocks cost nothing until
 * they are touched, and ask for large pages. Freed block by block, or all when closed by the
 * backend. Thread-safe.
 */
final class NativeMemory implements AutoCloseable {
  /** A cache line, and the widest vector. */
  static final int ALIGNMENT = 64;

  private static final long LARGE_PAGE = 2L << 20;
  private static final long SMALL_PAGE = 4096;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final MethodHandle CALLOC =
      downcall("calloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE = downcall("free", FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final Optional<MethodHandle> ADVISE =
      System.getProperty("os.name").equals("Linux")
          ? Optional.of(
              downcall("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)))
          : Optional.empty();

  private final Map<Long, Block> blocks = new HashMap<>();
  private long live;
  private volatile boolean closed;

  private record Block(long base, long bytes) {}

  /**
   * Zeroed memory.
   *
   * @return its address, a multiple of {@link #ALIGNMENT}
   * @throws OutOfMemoryError if the system has none
   * @throws IllegalStateException if the backend was closed
   */
  synchronized long allocate(long bytes) {
    checkOpen("native memory");
    long alignment = bytes >= 2 * LARGE_PAGE ? LARGE_PAGE : ALIGNMENT;
    // Kernels read whole vectors: up to one beyond the end.
    long size = bytes + alignment + ALIGNMENT;
    long base = calloc(size);
    if (base == 0) {
      throw new OutOfMemoryError(
          "the system refused %d bytes of native memory; %d are in use by this backend"
              .formatted(size, live));
    }
    long address = (base + alignment - 1) & -alignment;
    if (alignment == LARGE_PAGE) {
      advise(address, bytes & -LARGE_PAGE, MADV_HUGEPAGE);
    }
    blocks.put(address, new Block(base, bytes));
    live += bytes;
    return address;
  }

  /** Gives back what {@link #allocate} returned. Does nothing once all has been given back. */
  synchronized void free(long address) {
    if (closed) {
      return;
    }
    Block block = blocks.remove(address);
    if (block == null) {
      throw new IllegalStateException("free: no block at address " + address);
    }
    live -= block.bytes();
    release(block.base());
  }

  /** Bytes allocated and not freed. */
  synchronized long live() {
    return live;
  }

  /** Throws if the backend was closed, and what it owned freed. */
  void checkOpen(String what) {
    if (closed) {
      throw new IllegalStateException(what + ": the backend was closed, and its memory with it");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Block block : blocks.values()) {
      release(block.base());
    }
    blocks.clear();
    live = 0;
  }

  private static long calloc(long bytes) {
    try {
      return (long) CALLOC.invokeExact(bytes, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException("calloc failed", e);
    }
  }

  private static void release(long base) {
    try {
      FREE.invokeExact(base);
    } catch (Throwable e) {
      throw new IllegalStateException("free failed", e);
    }
  }

  /**
   * Takes the whole pages of a mapped file out of this process; they come back from the file when
   * they are read again. Does nothing where the system has no such call.
   */
  static void forget(long address, long bytes) {
    long from = (address + SMALL_PAGE - 1) & -SMALL_PAGE;
    long to = (address + bytes) & -SMALL_PAGE;
    if (from < to) {
      advise(from, to - from, MADV_DONTNEED);
    }
  }

  private static void advise(long address, long bytes, int advice) {
    ADVISE.ifPresent(advise -> {
      try {
        // Advice only: without large pages all works, slower.
        int ignored = (int) advise.invokeExact(address, bytes, advice);
      } catch (Throwable e) {
        throw new IllegalStateException("madvise failed", e);
      }
    });
  }

  // Restricted because a wrong signature could end the JVM; these are the C library's.
  @SuppressWarnings("restricted")
  private static MethodHandle downcall(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }
}
