package ai.pollux.tensor.simd;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.Past;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys and values of one attention call are: in the pages of a cache, or, without one, in
 * pages of the step's own memory, which are laid out as the tiles that kernels read.
 */
final class KeyValuePages {
  /** A span of its own, so that a page can serve as the span's tiles. */
  private static final int STEP_PAGE = SpanKernel.SPAN;

  private @Nullable SimdKvCache cache;
  private @Nullable CachedPast cached;
  private @Nullable Past past;
  private CacheFormat format = CacheFormat.F32;
  private int layer;
  private int group;
  private int kvHeads;
  private int pageSize;
  private int slots;
  private long keyBytes;
  private long pageBytes;
  private long base;

  /** Pages of a cache. */
  void useCache(CachedPast rows, SimdKvCache pages, AttentionSpec spec) {
    cache = pages;
    cached = rows;
    past = rows;
    format = pages.format();
    layer = spec.layer();
    group = pages.layout().layers().get(layer).group();
    pageSize = pages.layout().pageSize();
    slots = pages.slots();
    keyBytes = pages.keyBytes(layer);
  }

  /** Pages in the step's memory. */
  void useStep(Past rows, StepArena arena, int heads, int headSize) {
    cache = null;
    cached = null;
    past = rows;
    format = CacheFormat.F32;
    kvHeads = heads;
    pageSize = STEP_PAGE;
    slots = SpanKernel.KEY_STRIDE;
    keyBytes = 4L * slots * headSize;
    pageBytes = keyBytes + 4L * STEP_PAGE * headSize;
    long pages = rows.rows() / STEP_PAGE + 2L * rows.sequences();
    base = arena.bytes(pages * heads * pageBytes + NativeMemory.ALIGNMENT);
  }

  /** Whether each page lies as the tiles of a span do, but for the padding of values. */
  boolean areTiles() {
    return cache == null;
  }

  CacheFormat format() {
    return format;
  }

  /** Positions per page. */
  int pageSize() {
    return pageSize;
  }

  /** The distance, in values, between neighbouring values of one key. */
  int slots() {
    return slots;
  }

  /** Bytes from the keys of a page's head to its values. */
  long keyBytes() {
    return keyBytes;
  }

  /** The keys of one head in the page that holds a position, from the sequence's origin. */
  long keys(int sequence, int position, int kvHead) {
    int block = position / pageSize;
    if (cache != null && cached != null) {
      return cache.address(layer, cached.page(group, sequence, block), kvHead);
    }
    if (past == null) {
      throw new IllegalStateException("attention: no keys were given");
    }
    // Every sequence begins a page: never less than its rows and those before it fill.
    long page = past.firstRow(sequence) / STEP_PAGE + (long) sequence + block;
    return base + (page * kvHeads + kvHead) * pageBytes;
  }
}
