package ai.pollux.tensor.jit;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages with machine code. They are writable first and executable afterwards, never both. Owned by
 * who made them; {@link #close} unmaps them, and nobody may run their code then.
 */
final class ExecutableMemory implements AutoCloseable {
  /** Routines begin at a line of the cache. */
  private static final int ALIGNMENT = 64;

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int PROT_EXEC = 4;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private final LibC libc;
  private final long address;
  private final long bytes;
  private final List<MachineCode> routines;

  /** The three calls of the C library. They exist where Linux is; others never load this. */
  private record LibC(MethodHandle map, MethodHandle protect, MethodHandle unmap) {
    static LibC link() {
      return new LibC(
          downcall(
              "mmap",
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)),
          downcall("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)),
          downcall("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG)));
    }

    // Restricted because a wrong signature could end the JVM; these are the C library's.
    @SuppressWarnings("restricted")
    private static MethodHandle downcall(String name, FunctionDescriptor signature) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name),
          signature,
          Linker.Option.captureCallState("errno"));
    }
  }

  /**
   * Makes routines executable.
   *
   * @throws RefusedException if the system does not allow it
   */
  ExecutableMemory(List<byte[]> codes) throws RefusedException {
    libc = LibC.link();
    bytes = codes.stream().mapToLong(code -> aligned(code.length)).sum();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      address = map(state);
      routines = copy(codes);
      if (protect(state) != 0) {
        int error = state.get(JAVA_INT, ERRNO);
        close();
        throw new RefusedException("mprotect refused to make pages executable, errno " + error);
      }
    }
  }

  /** The routines, in the order they were given. */
  List<MachineCode> routines() {
    return routines;
  }

  private static long aligned(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private long map(MemorySegment state) throws RefusedException {
    long pages;
    try {
      pages =
          (long)
              libc.map.invokeExact(
                  state, 0L, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("mmap failed", e);
    }
    if (pages == -1) {
      int error = state.get(JAVA_INT, ERRNO);
      throw new RefusedException("mmap refused %d bytes, errno %d".formatted(bytes, error));
    }
    return pages;
  }

  // Restricted because it gives memory a size, which is that of the mapping.
  @SuppressWarnings("restricted")
  private List<MachineCode> copy(List<byte[]> codes) {
    MemorySegment pages = MemorySegment.ofAddress(address).reinterpret(bytes);
    List<MachineCode> entries = new ArrayList<>();
    long at = 0;
    for (byte[] code : codes) {
      MemorySegment.copy(code, 0, pages, ValueLayout.JAVA_BYTE, at, code.length);
      entries.add(new MachineCode(MemorySegment.ofAddress(address + at)));
      at += aligned(code.length);
    }
    return List.copyOf(entries);
  }

  private int protect(MemorySegment state) {
    try {
      return (int) libc.protect.invokeExact(state, address, bytes, PROT_READ | PROT_EXEC);
    } catch (Throwable e) {
      throw new IllegalStateException("mprotect failed", e);
    }
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      // It fails for wrong arguments only, and these were mmap's.
      int ignored = (int) libc.unmap.invokeExact(arena.allocate(STATE), address, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("munmap failed", e);
    }
  }

  /** The system does not let this process make code. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }
}
