package ai.pollux.tensor.simd;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.Past;
import java.util.Arrays;

/**
 * The rows of a step in blocks: neighbours of one sequence, which share each key and value that is
 * loaded. Reused by every call.
 */
final class AttentionPlan {
  private int blocks;
  private int[] sequence = new int[16];
  private int[] firstRow = new int[16];
  private int[] rows = new int[16];

  /** The first position that any row of the block sees, and the end of those. */
  private int[] firstSeen = new int[16];

  private int[] endSeen = new int[16];
  private int mostSpans;

  /** Cuts the rows of a step into blocks of at most {@code blockRows}. */
  void make(Past past, AttentionSpec spec, int blockRows) {
    blocks = 0;
    mostSpans = 0;
    for (int s = 0; s < past.sequences(); s++) {
      int end = past.firstRow(s + 1);
      for (int row = past.firstRow(s); row < end; row += blockRows) {
        add(past, spec, s, row, Math.min(blockRows, end - row));
      }
    }
  }

  private void add(Past past, AttentionSpec spec, int s, int row, int count) {
    if (blocks == sequence.length) {
      grow();
    }
    sequence[blocks] = s;
    firstRow[blocks] = row;
    rows[blocks] = count;
    firstSeen[blocks] = firstSeen(past, spec, s, row);
    int end = 0;
    for (int r = row; r < row + count; r++) {
      checkEnd(past, spec, s, r);
      end = Math.max(end, endSeen(past, spec, s, r));
    }
    endSeen[blocks] = end;
    mostSpans = Math.max(mostSpans, endSpan(blocks) - firstSpan(blocks));
    blocks++;
  }

  private static void checkEnd(Past past, AttentionSpec spec, int s, int row) {
    int last = past.position(past.firstRow(s + 1) - 1);
    if (spec.lastVisible(past, row) > last) {
      throw new IllegalArgumentException(
          "attention: row %d may look at position %d, but its sequence ends with %d; a step holds"
                  .formatted(row, past.lastVisible(row), last)
              + " media blocks whole");
    }
  }

  /**
   * What is subtracted from a sequence's positions: without a cache it begins with its first row.
   */
  static int origin(Past past, int sequence) {
    return past instanceof CachedPast ? 0 : past.position(past.firstRow(sequence));
  }

  /** The first position that one row sees, from the origin. */
  static int firstSeen(Past past, AttentionSpec spec, int sequence, int row) {
    return (int)
        Math.max(0L, (long) past.position(row) - origin(past, sequence) - spec.window() + 1);
  }

  /** The end of the positions that one row sees, from the origin. */
  static int endSeen(Past past, AttentionSpec spec, int sequence, int row) {
    return spec.lastVisible(past, row) + 1 - origin(past, sequence);
  }

  private void grow() {
    int size = 2 * blocks;
    sequence = Arrays.copyOf(sequence, size);
    firstRow = Arrays.copyOf(firstRow, size);
    rows = Arrays.copyOf(rows, size);
    firstSeen = Arrays.copyOf(firstSeen, size);
    endSeen = Arrays.copyOf(endSeen, size);
  }

  int blocks() {
    return blocks;
  }

  int sequence(int block) {
    return sequence[block];
  }

  int firstRow(int block) {
    return firstRow[block];
  }

  int rows(int block) {
    return rows[block];
  }

  int firstSeen(int block) {
    return firstSeen[block];
  }

  int endSeen(int block) {
    return endSeen[block];
  }

  int firstSpan(int block) {
    return firstSeen[block] / SpanKernel.SPAN;
  }

  int endSpan(int block) {
    return Math.ceilDiv(endSeen[block], SpanKernel.SPAN);
  }

  /** The most spans that a block sees. */
  int mostSpans() {
    return mostSpans;
  }
}
