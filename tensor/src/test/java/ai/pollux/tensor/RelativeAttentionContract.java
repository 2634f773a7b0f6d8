package ai.pollux.tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Ops#relativeAttention}. */
public interface RelativeAttentionContract extends UnderTest {
  /** Random rows of two sequences. */
  private static Computation attention(
      int heads, int headSize, int window, float softcap, int... lengths) {
    Past past = Past.packed(lengths);
    Shape shape = Shape.of(past.rows(), heads, headSize);
    Shape relative = Shape.of(window, heads, headSize);
    return (backend, ops) ->
        ops.relativeAttention(
            ops.tensor(shape, Samples.normal(1, shape.elements())),
            ops.tensor(shape, Samples.normal(2, shape.elements())),
            ops.tensor(shape, Samples.normal(3, shape.elements())),
            ops.tensor(relative, Samples.normal(4, relative.elements())),
            softcap,
            past);
  }

  /**
   * Tolerance: a score is a sum of K products of numbers below 5 and 10, so off by at most 50 K²
   * units; a share changes by as much of itself, twice with the sum below it, and the values that
   * are mixed stay below 5.
   */
  @ParameterizedTest
  @CsvSource({"1,1,1", "2,3,4", "3,8,12", "2,17,13", "4,32,5", "1,40,13"})
  default void relativeAttentionMixesTheRowsJustBefore(int heads, int headSize, int window) {
    for (float softcap : new float[] {0, 0.5f, 50}) {
      holds(
          "%d heads of %d, %d back, cap %s".formatted(heads, headSize, window, softcap),
          attention(heads, headSize, window, softcap, 20, 0, 1, 7),
          i -> 2 * 5 * 50.0 * headSize * headSize * UNIT);
    }
  }

  @Test
  default void aSoundAttendsAlikeAloneAndAmongOthers() {
    int width = 2 * 24;
    float[] both = found(attention(2, 24, 6, 50, 15, 9));
    float[] alone = found(attention(2, 24, 6, 50, 15));
    // The samples of fewer rows are the first of those of more.
    Closeness.same("the first of two", alone, Samples.rows(both, width, 0, 15));
  }

  @Test
  default void relativeAttentionRefusesShapesThatDiffer() {
    Shape q = Shape.of(2, 2, 4);
    Shape other = Shape.of(3, 1, 4);
    float[] values = new float[16];
    refusal(
            (b, ops) -> {
              Tensor x = ops.tensor(q, values);
              Tensor relative = ops.tensor(other, new float[12]);
              return ops.relativeAttention(x, x, x, relative, 0, Past.packed(2));
            })
        .hasMessage("relativeAttention: expected heads of distances 2, found 1");
    refusal(
            (b, ops) -> {
              Tensor x = ops.tensor(q, values);
              return ops.relativeAttention(x, x, x, x, 0, Past.packed(3));
            })
        .hasMessage("relativeAttention: expected rows 3, found 2");
    refusal(
            (b, ops) -> {
              Tensor x = ops.tensor(q, values);
              return ops.relativeAttention(x, x, x, x, -1, Past.packed(2));
            })
        .hasMessageContaining("a soft cap of 0 (none) or more, found 2 and -1.0");
  }
}
