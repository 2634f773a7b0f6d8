package ai.pollux.model.gemma4.vision;

import ai.pollux.model.MediaInput;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Learned places on a grid: what was learned for the column of a patch plus what was learned for
 * its row.
 *
 * @param table [2·P, D]
 * @param size P: how many columns, and how many rows
 * @param alternating whether the table has column 0, row 0, column 1, …; else all columns first
 */
record FactoredPositions(Weight table, int size, boolean alternating) {
  /** → [N, D]. */
  Tensor apply(Ops ops, MediaInput.Patches patches) {
    int step = alternating ? 2 : 1;
    Tensor columns = ops.embed(entries(patches.columns(), "columns", step, 0), table, 1);
    int first = alternating ? 1 : size;
    return ops.add(columns, ops.embed(entries(patches.rows(), "rows", step, first), table, 1));
  }

  private int[] entries(int[] positions, String axis, int step, int first) {
    int[] entries = new int[positions.length];
    for (int i = 0; i < entries.length; i++) {
      if (positions[i] < 0 || positions[i] >= size) {
        throw new IllegalArgumentException(
            "patches: expected %s from 0 to %d, found %d in patch %d. Make the image smaller"
                .formatted(axis, size - 1, positions[i], i));
      }
      entries[i] = first + step * positions[i];
    }
    return entries;
  }
}
