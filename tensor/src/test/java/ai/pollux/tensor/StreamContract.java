package ai.pollux.tensor;

import org.junit.jupiter.api.Test;

/** What models with several vectors for each token compute with besides. */
public interface StreamContract extends UnderTest {
  /** Tolerance: a sum of n products, off by n units of what it could be at most. */
  @Test
  default void combineMixesTheVectorsOfEachRow() {
    for (int width : Samples.lengths()) {
      for (int count : new int[] {1, 4, 21}) {
        for (int results : new int[] {1, 4, 5}) {
          float[] x = Samples.normal(width, 3 * count * width);
          float[] own = Samples.normal(count, 3 * results * count);
          float[] common = Samples.normal(results, results * count);
          double largest = Samples.largest(x) * Samples.largest(own);
          combined(Shape.of(3, results, count), own, Shape.of(3, count, width), x, largest);
          largest = Samples.largest(x) * Samples.largest(common);
          combined(Shape.of(results, count), common, Shape.of(3, count, width), x, largest);
        }
      }
    }
  }

  private void combined(Shape shares, float[] factors, Shape vectors, float[] x, double largest) {
    int count = vectors.size(1);
    holds(
        "%s of %s".formatted(shares, vectors),
        (b, ops) -> ops.combine(ops.tensor(shares, factors), ops.tensor(vectors, x)),
        i -> count * largest * (count + 2) * UNIT);
  }

  @Test
  default void concatenatePutsMatricesSideBySide() {
    for (int width : Samples.lengths()) {
      float[] a = Samples.normal(width, 3 * width);
      float[] b = Samples.normal(width + 1, 3 * 5);
      holdsExactly(
          "concatenate " + width,
          (backend, ops) ->
              ops.concatenate(ops.tensor(Shape.of(3, width), a), ops.tensor(Shape.of(3, 5), b)));
    }
  }

  /** Tolerance: two sums of n squares, whose roots halve their errors, and a product. */
  @Test
  default void matchMagnitudeScalesRowsToTheSizeOfOthers() {
    for (int width : Samples.lengths()) {
      for (float size : new float[] {1e-4f, 1, 1e4f}) {
        float[] x = Samples.normal(width, 5 * width);
        for (int i = 0; i < x.length; i++) {
          x[i] *= size;
        }
        float[] like = Samples.normal(width + 1, 5 * width);
        Shape shape = Shape.of(5, width);
        Computation match =
            (b, ops) -> ops.matchMagnitude(ops.tensor(shape, x), ops.tensor(shape, like), 1e-5f);
        float[] expected = UnderTest.expected(match);
        holds(
            "matchMagnitude of %d · %s".formatted(width, size),
            match,
            i -> (width + 8) * UNIT * Math.abs(expected[i]));
      }
    }
  }

  /**
   * Tolerance: the mean and the deviation are off by n units of the largest value, which the number
   * of deviations multiplies.
   */
  @Test
  default void gaussianTopKKeepsWhatStandsOut() {
    for (int width : Samples.lengths()) {
      for (float deviations : new float[] {-0.5f, 0, 1.6448536f}) {
        float[] x = Samples.normal(width, 5 * width);
        double largest = Samples.largest(x);
        holds(
            "gaussianTopK of %d from %s on".formatted(width, deviations),
            (b, ops) -> ops.gaussianTopK(ops.tensor(Shape.of(5, width), x), deviations),
            i -> 4 * (width + 8) * UNIT * largest);
      }
    }
  }

  @Test
  default void aRowOfStreamsGivesTheSameBitsAloneAndAmongOthers() {
    int width = 37;
    float[] x = Samples.normal(1, 4 * width);
    float[] shares = Samples.normal(2, 4 * 6);
    for (int row = 0; row < 4; row++) {
      float[] alone = Samples.rows(x, width, row, 1);
      float[] share = Samples.rows(shares, 6, row, 1);
      alike("combine", row, 6 * width, combine(4, shares, x), combine(1, share, alone));
      alike("gaussianTopK", row, width, topK(4, x), topK(1, alone));
      alike("matchMagnitude", row, width, match(4, x), match(1, alone));
    }
  }

  private void alike(String what, int row, int width, Computation all, Computation one) {
    Closeness.same(what + " of row " + row, Samples.rows(found(all), width, row, 1), found(one));
  }

  private static Computation combine(int rows, float[] shares, float[] x) {
    return (b, ops) ->
        ops.combine(
            ops.tensor(Shape.of(rows, 6, 1), shares),
            ops.tensor(Shape.of(rows, 1, x.length / rows), x));
  }

  private static Computation topK(int rows, float[] x) {
    return (b, ops) -> ops.gaussianTopK(ops.tensor(Shape.of(rows, x.length / rows), x), 1);
  }

  private static Computation match(int rows, float[] x) {
    Shape shape = Shape.of(rows, x.length / rows);
    return (b, ops) ->
        ops.matchMagnitude(ops.scale(ops.tensor(shape, x), 3), ops.tensor(shape, x), 1e-5f);
  }

  @Test
  default void refusesStreamsThatDoNotFit() {
    Shape vectors = Shape.of(2, 4, 8);
    refusal((b, ops) ->
            ops.combine(
                ops.tensor(Shape.of(3, 4), new float[12]),
                ops.tensor(Shape.of(2, 32), new float[64])))
        .hasMessage("combine: expected a tensor of rank 3, found shape [2, 32]");
    refusal((b, ops) ->
            ops.combine(
                ops.tensor(Shape.of(3, 5), new float[15]), ops.tensor(vectors, new float[64])))
        .hasMessage("combine: expected shares 4, found 5");
    refusal((b, ops) ->
            ops.combine(
                ops.tensor(Shape.of(1, 3, 4), new float[12]), ops.tensor(vectors, new float[64])))
        .hasMessage("combine: expected rows of shares 2, found 1");
    refusal((b, ops) ->
            ops.concatenate(
                ops.tensor(Shape.of(2, 4), new float[8]), ops.tensor(Shape.of(1, 4), new float[4])))
        .hasMessage("concatenate: expected rows 2, found 1");
    refusal((b, ops) ->
            ops.matchMagnitude(
                ops.tensor(Shape.of(2, 4), new float[8]),
                ops.tensor(Shape.of(8), new float[8]),
                1e-5f))
        .hasMessage("matchMagnitude: expected two tensors of one shape, found [2, 4] and [8]");
  }
}
