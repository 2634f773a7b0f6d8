package ai.pollux.tensor;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Queries, keys and values of whole sequences, which attention may be given in steps of any size.
 * {@code q[sequence]} is [length, H, K], {@code k} and {@code v} [length, G, K].
 */
record Streams(
    int[] lengths, int heads, int kvHeads, int headSize, float[][] q, float[][] k, float[][] v) {

  static Streams of(int heads, int kvHeads, int headSize, int... lengths) {
    float[][] q = new float[lengths.length][];
    float[][] k = new float[lengths.length][];
    float[][] v = new float[lengths.length][];
    for (int s = 0; s < lengths.length; s++) {
      q[s] = Samples.normal(3L * s, lengths[s] * heads * headSize);
      k[s] = Samples.normal(3L * s + 1, lengths[s] * kvHeads * headSize);
      v[s] = Samples.normal(3L * s + 2, lengths[s] * kvHeads * headSize);
    }
    return new Streams(lengths, heads, kvHeads, headSize, q, k, v);
  }

  /** One of the sequences alone. */
  Streams only(int s) {
    return new Streams(
        new int[] {lengths[s]},
        heads,
        kvHeads,
        headSize,
        new float[][] {q[s]},
        new float[][] {k[s]},
        new float[][] {v[s]});
  }

  /** All sequences whole in one step without memory: [T, H·K]. */
  UnderTest.Computation whole(AttentionSpec spec, Past past) {
    int[] none = new int[lengths.length];
    return (backend, ops) -> attend(ops, spec, past, none, lengths);
  }

  private Tensor attend(Ops ops, AttentionSpec spec, Past past, int[] starts, int[] counts) {
    return ops.attention(
        ops.tensor(Shape.of(past.rows(), heads, headSize), step(q, heads, starts, counts)),
        ops.tensor(Shape.of(past.rows(), kvHeads, headSize), step(k, kvHeads, starts, counts)),
        ops.tensor(Shape.of(past.rows(), kvHeads, headSize), step(v, kvHeads, starts, counts)),
        spec,
        past);
  }

  private float[] step(float[][] all, int headsPerRow, int[] starts, int[] counts) {
    int width = headsPerRow * headSize;
    float[] rows = new float[Arrays.stream(counts).sum() * width];
    int at = 0;
    for (int s = 0; s < counts.length; s++) {
      System.arraycopy(all[s], starts[s] * width, rows, at, counts[s] * width);
      at += counts[s] * width;
    }
    return rows;
  }

  /**
   * All sequences through a cache, in steps of random size up to {@code mostRows} per sequence: the
   * outputs by sequence, [length, H·K] each. Pages lie in random order.
   */
  float[][] throughCache(
      Backend backend, KvCacheLayout layout, AttentionSpec spec, long seed, int mostRows) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] pages = pages(layout, random);
    float[][] out = new float[lengths.length][];
    for (int s = 0; s < out.length; s++) {
      out[s] = new float[lengths[s] * heads * headSize];
    }
    int[] starts = new int[lengths.length];
    try (KvCache cache = backend.cache(layout)) {
      while (!Arrays.equals(starts, lengths)) {
        int[] counts = new int[lengths.length];
        for (int s = 0; s < counts.length; s++) {
          counts[s] = Math.min(random.nextInt(mostRows + 1), lengths[s] - starts[s]);
        }
        StepPast rows = StepPast.of(starts.clone(), counts);
        PagedPast past = new PagedPast(rows, cache, spec.window(), pages);
        try (Ops ops = backend.open()) {
          collect(attend(ops, spec, past, starts, counts).toArray(), starts, counts, out);
        }
        for (int s = 0; s < starts.length; s++) {
          starts[s] += counts[s];
        }
      }
    }
    return out;
  }

  private void collect(float[] rows, int[] starts, int[] counts, float[][] out) {
    int width = heads * headSize;
    int at = 0;
    for (int s = 0; s < counts.length; s++) {
      System.arraycopy(rows, at, out[s], starts[s] * width, counts[s] * width);
      at += counts[s] * width;
    }
  }

  private int[][] pages(KvCacheLayout layout, SplittableRandom random) {
    int[] order = new int[layout.groups().getFirst().pages()];
    Arrays.setAll(order, page -> page);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int page = order[i];
      order[i] = order[j];
      order[j] = page;
    }
    int[][] pages = new int[lengths.length][];
    int next = 0;
    for (int s = 0; s < pages.length; s++) {
      int blocks = Math.ceilDiv(lengths[s], layout.pageSize());
      pages[s] = Arrays.copyOfRange(order, next, next + blocks);
      next += blocks;
    }
    return pages;
  }

  /**
   * What a result may be off. A score is a sum of K products, off by K units of its largest; e
   * makes that, and what tanh is off under a soft cap, a part of each share. e itself is off by
   * FUNCTION, the sums over n keys by n units. A result is a mean of values, so off by these parts
   * of the largest.
   */
  double tolerance(AttentionSpec spec) {
    double score =
        headSize * Samples.largest(join(q)) * Samples.largest(join(k)) * Math.abs(spec.scale());
    double scoreError =
        (headSize + 8) * UnderTest.UNIT * score + spec.softcap() * UnderTest.FUNCTION;
    int keys = Arrays.stream(lengths).max().orElse(0);
    return Samples.largest(join(v))
        * (2 * scoreError + 2 * UnderTest.FUNCTION + (2 * keys + 16) * UnderTest.UNIT);
  }

  static float[] join(float[][] parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
