package ai.pollux.tensor.simd;

import ai.pollux.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tensors of one step: their memory and their handles, both taken back when it ends and used
 * again by the next.
 */
final class Step {
  private final StepArena arena;
  private final List<SimdTensor> handles = new ArrayList<>();
  private int used;
  private boolean open;

  /** For each mark: handles in use, slab, bytes of the slab in use. */
  private long[] marks = new long[3 * 8];

  private int markCount;

  Step(NativeMemory memory) {
    arena = new StepArena(memory);
  }

  void begin() {
    if (open) {
      throw new IllegalStateException(
          "open: the previous step of this backend is still open; close it first");
    }
    open = true;
  }

  /** A tensor of that many values, unspecified; the caller adds its axes. */
  SimdTensor make(String operation, long elements) {
    checkOpen(operation);
    return handle().at(arena.floats(elements));
  }

  /** Values of another tensor, from one of them on; the caller adds its axes. */
  SimdTensor view(String operation, Tensor x, long firstElement) {
    long address = use(operation, x).address();
    return handle().at(address + firstElement * Float.BYTES);
  }

  /** The handle of an argument, if it is ours and alive. */
  SimdTensor use(String operation, Tensor x) {
    checkOpen(operation);
    if (x instanceof SimdTensor tensor) {
      return tensor.checked(operation);
    }
    throw new IllegalArgumentException(
        "%s: the tensor was made by another backend (%s)"
            .formatted(operation, x.getClass().getName()));
  }

  /** Memory for a kernel's own use until the step ends or its mark is released. */
  StepArena arena() {
    return arena;
  }

  int mark() {
    checkOpen("mark");
    if (3 * markCount == marks.length) {
      marks = Arrays.copyOf(marks, 2 * marks.length);
    }
    marks[3 * markCount] = used;
    marks[3 * markCount + 1] = arena.slab();
    marks[3 * markCount + 2] = arena.used();
    return markCount++;
  }

  /** Frees what was made since a mark, but moves one tensor to where the mark was. */
  SimdTensor release(int mark, Tensor kept) {
    SimdTensor from = use("release", kept);
    if (mark < 0 || mark >= markCount) {
      throw new IllegalArgumentException(
          "release: expected a mark of this step below %d, found %d".formatted(markCount, mark));
    }
    int first = (int) marks[3 * mark];
    invalidate(first, "was released by its step");
    if (from.isValid()) {
      resetTo(mark, first);
      return from;
    }
    long address = from.address();
    long bytes = (long) from.elements() * Float.BYTES;
    resetTo(mark, first);
    long to = arena.bytes(bytes);
    Memory.copy(address, to, bytes);
    return swapIn(from).moveTo(to);
  }

  /** Makes a handle the next one in use, in exchange for the one whose turn it was. */
  private SimdTensor swapIn(SimdTensor handle) {
    handles.set(handles.indexOf(handle), handles.get(used));
    handles.set(used++, handle);
    return handle;
  }

  private void resetTo(int mark, int handlesInUse) {
    arena.resetTo((int) marks[3 * mark + 1], marks[3 * mark + 2]);
    used = handlesInUse;
    markCount = mark + 1;
  }

  /** Frees all. Ending a step that is not open does nothing. */
  void end() {
    invalidate(0, "ended with its step");
    used = 0;
    markCount = 0;
    arena.resetTo(0, 0);
    open = false;
  }

  private void invalidate(int first, String reason) {
    for (int i = first; i < used; i++) {
      handles.get(i).invalidate(reason);
    }
  }

  private SimdTensor handle() {
    if (used == handles.size()) {
      handles.add(new SimdTensor());
    }
    return handles.get(used++);
  }

  private void checkOpen(String operation) {
    if (!open) {
      throw new IllegalStateException(operation + ": this step was closed");
    }
  }
}
