package ai.pollux.model.loading;

import ai.pollux.tensor.Weight;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Cuts a smaller matrix out of a stored one. */
final class WeightSlice {
  private WeightSlice() {}

  /**
   * Some rows, of each the first columns. What lies in one piece is not copied.
   *
   * @param in a multiple of the format's block
   * @param withValues whether the values are needed; where not, shape and size are right
   */
  static Weight.Stored of(Weight.Stored whole, Range[] rows, int in, boolean withValues) {
    long wholeRow = whole.format().bytesFor(whole.in());
    long row = whole.format().bytesFor(in);
    int out = 0;
    for (Range range : rows) {
      out += range.count();
    }
    if (!withValues) {
      return new Weight.Stored(whole.format(), out, in, whole.data().asSlice(0, out * row));
    }
    if (rows.length == 1 && in == whole.in()) {
      MemorySegment piece = whole.data().asSlice(rows[0].from() * wholeRow, out * row);
      return new Weight.Stored(whole.format(), out, in, piece);
    }
    MemorySegment copy = Arena.ofAuto().allocate(out * row, Long.BYTES);
    long at = 0;
    for (Range range : rows) {
      for (int i = range.from(); i < range.end(); i++, at += row) {
        MemorySegment.copy(whole.data(), i * wholeRow, copy, at, row);
      }
    }
    return new Weight.Stored(whole.format(), out, in, copy);
  }
}
