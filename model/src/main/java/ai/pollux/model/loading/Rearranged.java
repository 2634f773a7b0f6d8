package ai.pollux.model.loading;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Matrices whose values a file has in another order than a layer needs. The copies are in the
 * file's format, or in F32 where that is one of blocks, whose scales belong to its own order.
 */
final class Rearranged {
  private Rearranged() {}

  /** Column i of the result is column {@code columns[i]} of the file's. */
  static Weight.Stored columns(Weight.Stored file, int[] columns) {
    Copy copy = new Copy(file, file.out(), columns.length);
    float[] from = new float[file.in()];
    float[] to = new float[columns.length];
    for (int row = 0; row < file.out(); row++) {
      read(file, row, from);
      for (int i = 0; i < to.length; i++) {
        to[i] = from[columns[i]];
      }
      copy.write(row, to);
    }
    return copy.stored();
  }

  /** Rows become columns. */
  static Weight.Stored transposed(Weight.Stored file) {
    float[][] rows = new float[file.out()][file.in()];
    for (int row = 0; row < rows.length; row++) {
      read(file, row, rows[row]);
    }
    Copy copy = new Copy(file, file.in(), file.out());
    float[] to = new float[rows.length];
    for (int column = 0; column < file.in(); column++) {
      for (int row = 0; row < rows.length; row++) {
        to[row] = rows[row][column];
      }
      copy.write(column, to);
    }
    return copy.stored();
  }

  private static void read(Weight.Stored file, int row, float[] values) {
    long at = row * file.format().bytesFor(file.in());
    file.format().decode(file.data(), at, values, 0, values.length);
  }

  /** A matrix that is written row by row. */
  private record Copy(BlockFormat format, int out, int in, MemorySegment data) {
    Copy(Weight.Stored like, int out, int in) {
      this(like.format().blockSize() == 1 ? like.format() : Formats.F32, out, in);
    }

    private Copy(BlockFormat format, int out, int in) {
      this(format, out, in, Arena.ofAuto().allocate(out * format.bytesFor(in), Long.BYTES));
    }

    void write(int row, float[] values) {
      format.encode(values, 0, in, data, row * format.bytesFor(in));
    }

    Weight.Stored stored() {
      return new Weight.Stored(format, out, in, data);
    }
  }
}
