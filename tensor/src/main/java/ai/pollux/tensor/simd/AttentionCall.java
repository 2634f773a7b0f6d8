package ai.pollux.tensor.simd;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Past;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one attention call, as its kernels read them. "Queries" are the pairs of a row
 * and a query head that read the same key/value head: query m of a block is head m mod (H/G) of row
 * m div (H/G).
 */
final class AttentionCall {
  /** Queries that share a tile: enough that loading it costs little, few enough to stay cached. */
  private static final int BLOCK_QUERIES = 128;

  private final AttentionPlan plan = new AttentionPlan();
  private final KeyValuePages pages = new KeyValuePages();
  private @Nullable Past past;
  private @Nullable AttentionSpec spec;
  private long q;
  private long out;
  private int heads;
  private int kvHeads;
  private int headSize;

  void prepare(
      SimdTensor queries,
      int keyValueHeads,
      AttentionSpec constants,
      Past rows,
      SimdTensor result) {
    past = rows;
    spec = constants;
    q = queries.address();
    out = result.address();
    heads = queries.size(1);
    kvHeads = keyValueHeads;
    headSize = queries.size(2);
    plan.make(rows, constants, Math.max(1, BLOCK_QUERIES / headsPerGroup()));
  }

  AttentionPlan plan() {
    return plan;
  }

  KeyValuePages pages() {
    return pages;
  }

  Past past() {
    return Objects.requireNonNull(past);
  }

  AttentionSpec spec() {
    return Objects.requireNonNull(spec);
  }

  int kvHeads() {
    return kvHeads;
  }

  int headsPerGroup() {
    return heads / kvHeads;
  }

  int headSize() {
    return headSize;
  }

  /** The head size, padded to whole vectors. */
  int width() {
    return Math.ceilDiv(headSize, Lanes.COUNT) * Lanes.COUNT;
  }

  /** Queries of a full block, padded to four. */
  int stride() {
    int rows = Math.max(1, BLOCK_QUERIES / headsPerGroup());
    return Math.ceilDiv(rows * headsPerGroup(), 4) * 4;
  }

  /** Queries of a block for one key/value head. */
  int queries(int block) {
    return plan.rows(block) * headsPerGroup();
  }

  /** Where the values of a query are. */
  long query(int block, int kvHead, int m) {
    return q + offset(block, kvHead, m);
  }

  /** Where the result of a query goes. */
  long result(int block, int kvHead, int m) {
    return out + offset(block, kvHead, m);
  }

  private long offset(int block, int kvHead, int m) {
    int group = headsPerGroup();
    int row = plan.firstRow(block) + m / group;
    return 4L * headSize * ((long) row * heads + (long) kvHead * group + m % group);
  }
}
