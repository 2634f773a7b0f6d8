package ai.pollux.tensor.jit;

import java.util.ArrayList;
import java.util.List;

/** A place in the code of one {@link Assembler}, which jumps may name before it is known. */
final class Label {
  /** Where it is, or -1 before {@link Assembler#bind}. */
  int position = -1;

  /** Where distances to it are still to be written. */
  final List<Integer> waiting = new ArrayList<>();
}
