package ai.pollux.tensor.simd;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory that is handed out front to back and taken back all at once, or back to a mark. Grows by
 * slabs and keeps them, so that a step in steady state allocates nothing. The slabs belong to the
 * backend's {@link NativeMemory}.
 */
final class StepArena {
  private static final long FIRST_SLAB = 1L << 20;
  private static final long MAX_SLAB = 64L << 20;

  private final NativeMemory memory;
  private final List<Slab> slabs = new ArrayList<>();
  private int current;
  private long used;

  private record Slab(long address, long bytes) {}

  StepArena(NativeMemory memory) {
    this.memory = memory;
    slabs.add(newSlab(FIRST_SLAB));
  }

  /** Memory for some floats, 64-byte aligned, its content unspecified. */
  long floats(long count) {
    return bytes(count * Float.BYTES);
  }

  /** Memory of that size, 64-byte aligned, its content unspecified. */
  long bytes(long size) {
    long padded = (size + NativeMemory.ALIGNMENT - 1) & -NativeMemory.ALIGNMENT;
    while (used + padded > slabs.get(current).bytes()) {
      current++;
      used = 0;
      if (current == slabs.size()) {
        slabs.add(newSlab(Math.max(padded, Math.min(MAX_SLAB, FIRST_SLAB << current))));
      } else if (slabs.get(current).bytes() < padded) {
        memory.free(slabs.get(current).address());
        slabs.set(current, newSlab(padded));
      }
    }
    long address = slabs.get(current).address() + used;
    used += padded;
    return address;
  }

  /** Which slab is in use: the first half of a mark. */
  int slab() {
    return current;
  }

  /** How much of that slab is in use: the second half of a mark. */
  long used() {
    return used;
  }

  /** Takes back what was handed out after a mark; (0, 0) takes back all. */
  void resetTo(int slab, long usedOfSlab) {
    current = slab;
    used = usedOfSlab;
  }

  private Slab newSlab(long bytes) {
    return new Slab(memory.allocate(bytes), bytes);
  }
}
