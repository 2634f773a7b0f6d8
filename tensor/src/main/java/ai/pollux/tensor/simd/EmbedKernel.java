package ai.pollux.tensor.simd;

import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/** Rows of a table, however it is stored, to memory of this backend. */
final class EmbedKernel {
  private final LinearKernel packedRows;
  private float[] row = {};

  EmbedKernel(LinearKernel packedRows) {
    this.packedRows = packedRows;
  }

  /** [V, D] → [T, D], times {@code scale}. */
  void run(int[] ids, Weight table, float scale, SimdTensor out) {
    int width = table.in();
    if (row.length < width) {
      row = new float[width];
    }
    for (int t = 0; t < ids.length; t++) {
      long target = out.address() + 4L * t * width;
      decode(table, ids[t], row);
      for (int i = 0; i < width; i++) {
        Memory.set(target + 4L * i, row[i] * scale);
      }
    }
  }

  private void decode(Weight table, int id, float[] values) {
    switch (table) {
      case PackedWeight packed -> packedRows.decode(packed, id, values);
      case Weight.LowRank lora -> {
        decode(lora.base(), id, values);
        addLowRank(lora, id, table.in(), values);
      }
      case Weight.Stored stored -> RowLinearKernel.decode("embed", stored, id, values);
      case Weight.Dense dense -> RowLinearKernel.decode("embed", dense, id, values);
      case Weight.Packed packed -> RowLinearKernel.decode("embed", packed, id, values);
    }
  }

  /** values += scale · up[id] · down. */
  private static void addLowRank(Weight.LowRank lora, int id, int width, float[] values) {
    Tensor down = lora.down();
    int rank = down.size(0);
    float[] up = new float[rank];
    lora.up().copyTo(id * rank, up, 0, rank);
    float[] downRow = new float[width];
    for (int r = 0; r < rank; r++) {
      down.copyTo(r * width, downRow, 0, width);
      float factor = lora.scale() * up[r];
      for (int i = 0; i < width; i++) {
        values[i] += factor * downRow[i];
      }
    }
  }
}
