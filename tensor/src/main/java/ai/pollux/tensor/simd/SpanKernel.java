package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Past;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Attention of the queries of one block and key/value head to one span of positions: spans begin at
 * multiples of {@link #SPAN}, so what a query gets from one does not depend on who else is there.
 * One object per thread, with its tiles.
 */
final class SpanKernel {
  /** Positions per span. */
  static final int SPAN = 64;

  /** From row to row of a tile of keys: room for whole vectors beyond the span. */
  static final int KEY_STRIDE = SPAN + 16;

  private final NativeMemory memory;
  private long capacity;
  private long scratch;
  private long keyTile;
  private long valueTile;
  private long scores;
  private long capped;

  /** Where the span's keys and values are: in the tiles, or where they came from. */
  private long keys;

  private long values;
  private long partial;
  private long total;

  /** For each query, the places of the span that it sees. */
  private int[] seenFrom = new int[0];

  private int[] seenEnd = new int[0];

  SpanKernel(NativeMemory memory) {
    this.memory = memory;
  }

  /** Makes room for some queries of a head size; {@code width} is the padded head size. */
  void prepare(int queries, int headSize, int width) {
    long keys = 4L * KEY_STRIDE * headSize;
    long values = 4L * SPAN * width + NativeMemory.ALIGNMENT;
    long scoreBytes = 4L * SPAN * queries;
    long partialBytes = (Partial.bytes(queries, width) + 63) & -64;
    long needed = keys + values + scoreBytes + 4L * SPAN + 2 * partialBytes;
    if (needed > capacity) {
      if (capacity > 0) {
        memory.free(scratch);
      }
      scratch = memory.allocate(needed);
      capacity = needed;
    }
    if (seenFrom.length < queries) {
      seenFrom = new int[queries];
      seenEnd = new int[queries];
    }
    keyTile = scratch;
    valueTile = keyTile + keys;
    scores = valueTile + values;
    capped = scores + scoreBytes;
    partial = capped + 4L * SPAN;
    total = partial + partialBytes;
  }

  /** Room for what one span gives. */
  long partial() {
    return partial;
  }

  /** Room for what all spans give. */
  long total() {
    return total;
  }

  /** Writes what one span gives the queries of a block to {@code result}. */
  void run(AttentionCall call, int block, int kvHead, int span, long result) {
    AttentionPlan plan = call.plan();
    int start = span * SPAN;
    int from = Math.max(plan.firstSeen(block), start) - start;
    int end = Math.min(plan.endSeen(block), start + SPAN) - start;
    useTiles(call, plan.sequence(block), kvHead, start, from, end);
    int queries = call.queries(block);
    int last = queries - 1;
    for (int m = 0; m < queries; m += 4) {
      long q0 = call.query(block, kvHead, m);
      long q1 = call.query(block, kvHead, Math.min(m + 1, last));
      long q2 = call.query(block, kvHead, Math.min(m + 2, last));
      long q3 = call.query(block, kvHead, Math.min(m + 3, last));
      ScoreKernel.run(q0, q1, q2, q3, call.headSize(), keys, scores + 4L * SPAN * m);
    }
    for (int m = 0; m < queries; m++) {
      share(call, block, m, start, result);
    }
    for (int m = 0; m < queries; m += 4) {
      mix(call.width(), m, Math.min(m + 4, queries), result);
    }
  }

  /** Mixes values for up to four queries: together as far as all see, then each alone. */
  private void mix(int width, int first, int end, long result) {
    int from = seenFrom[first];
    int to = SPAN;
    boolean together = true;
    for (int m = first; m < end; m++) {
      together &= seenFrom[m] == from;
      to = Math.min(to, seenEnd[m]);
    }
    together &= from < to;
    long mix = Partial.mix(result, first, width);
    if (together) {
      MixKernel.four(shares(first), from, to, values, width, mix);
    } else {
      MixKernel.clear(mix, 4 * width);
    }
    for (int m = first; m < end; m++) {
      int begin = together ? to : seenFrom[m];
      MixKernel.one(shares(m), begin, seenEnd[m], values, width, Partial.mix(result, m, width));
    }
  }

  private long shares(int query) {
    return scores + 4L * SPAN * query;
  }

  /** A page that lies as the tiles do is used as it is. */
  private void useTiles(
      AttentionCall call, int sequence, int kvHead, int start, int from, int end) {
    KeyValuePages pages = call.pages();
    if (pages.areTiles() && call.headSize() == call.width()) {
      keys = pages.keys(sequence, start, kvHead);
      values = keys + pages.keyBytes();
    } else {
      loadTiles(call, sequence, kvHead, start, from, end);
      keys = keyTile;
      values = valueTile;
    }
  }

  private void loadTiles(
      AttentionCall call, int sequence, int kvHead, int start, int from, int end) {
    KeyValuePages pages = call.pages();
    CacheFormat format = pages.format();
    int headSize = call.headSize();
    int at = from;
    while (at < end) {
      int slot = (start + at) % pages.pageSize();
      int count = Math.min(end - at, pages.pageSize() - slot);
      long page = pages.keys(sequence, start + at, kvHead);
      KeyValueTile.copy(
          format,
          page + (long) slot * format.bytes(),
          pages.slots(),
          keyTile + 4L * at,
          KEY_STRIDE,
          headSize,
          count);
      KeyValueTile.copy(
          format,
          page + pages.keyBytes() + (long) slot * headSize * format.bytes(),
          headSize,
          valueTile + 4L * at * call.width(),
          call.width(),
          count,
          headSize);
      at += count;
    }
  }

  /** Turns the scores of one query into shares, and notes their largest and their sum. */
  private void share(AttentionCall call, int block, int m, int start, long result) {
    Past past = call.past();
    AttentionSpec spec = call.spec();
    int row = call.plan().firstRow(block) + m / call.headsPerGroup();
    int sequence = call.plan().sequence(block);
    int from = Math.max(0, AttentionPlan.firstSeen(past, spec, sequence, row) - start);
    int end = Math.min(SPAN, AttentionPlan.endSeen(past, spec, sequence, row) - start);
    seenFrom[m] = from;
    seenEnd[m] = end;
    long at = shares(m);
    long largest = Partial.largest(result, call.stride(), call.width(), m);
    long sum = Partial.sum(result, call.stride(), call.width(), m);
    if (from >= end) {
      seenEnd[m] = from;
      Memory.set(largest, Float.NEGATIVE_INFINITY);
      Memory.set(sum, 0);
    } else {
      float scale = spec.scale();
      if (spec.softcap() > 0) {
        VectorMath.tanh(spec.softcap(), scale / spec.softcap(), at, capped, SPAN);
        Memory.copy(capped, at, 4L * SPAN);
        scale = 1;
      }
      float max = mask(at, scale, from, end);
      Memory.set(largest, max);
      Memory.set(sum, VectorMath.exponentials(at, max, SPAN));
    }
  }

  /** scores[p] *= scale, but -∞ for p not in from … end - 1; returns the largest. */
  private static float mask(long scores, float scale, int from, int end) {
    FloatVector none = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector largest = none;
    for (int p = 0; p < SPAN; p += Lanes.COUNT) {
      FloatVector place = FloatVector.zero(FLOATS).addIndex(1).add(p);
      VectorMask<Float> seen =
          place.compare(VectorOperators.GE, from).and(place.compare(VectorOperators.LT, end));
      FloatVector scaled =
          FloatVector.fromMemorySegment(FLOATS, ALL, scores + 4L * p, ORDER).mul(scale);
      FloatVector masked = none.blend(scaled, seen);
      masked.intoMemorySegment(ALL, scores + 4L * p, ORDER);
      largest = largest.max(masked);
    }
    return largest.reduceLanes(VectorOperators.MAX);
  }
}
