package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Ops#rope} in both layouts, whole and partial. */
public interface RopeContract extends UnderTest {
  /**
   * Tolerance: sine and cosine are off by FUNCTION at any position, for the angle is taken in
   * double; two products and a sum round.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void ropeTurnsPairsByPosition(boolean interleaved) {
    for (int headSize : new int[] {2, 4, 6, 14, 16, 18, 30, 32, 34, 64, 96, 128, 256}) {
      Rope rope = new Rope(Rope.standard(headSize, 10_000).frequencies(), interleaved);
      for (int heads : new int[] {1, 3}) {
        for (int start : new int[] {0, 1000, 100_000}) {
          Past past = StepPast.of(new int[] {start, 7}, new int[] {3, 2});
          turn(rope, past, heads, headSize);
        }
      }
    }
  }

  private void turn(Rope rope, Past past, int heads, int headSize) {
    float[] x = Samples.normal(headSize, past.rows() * heads * headSize);
    double most = 2 * Samples.largest(x);
    holds(
        "rope of %d heads of %d".formatted(heads, headSize),
        (b, ops) -> ops.rope(ops.tensor(Shape.of(past.rows(), heads, headSize), x), rope, past),
        i -> (FUNCTION + 2 * UNIT) * most);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void pairsOfFrequencyZeroStayAsTheyAre(boolean interleaved) {
    float[] frequencies = Rope.standard(64, 1_000_000).frequencies();
    for (int pair = 8; pair < 32; pair++) {
      frequencies[pair] = 0;
    }
    Rope rope = new Rope(frequencies, interleaved);
    Past past = StepPast.of(new int[] {12_345}, new int[] {5});
    turn(rope, past, 2, 64);
    float[] x = Samples.normal(1, 5 * 2 * 64);
    float[] turned = found((b, ops) -> ops.rope(ops.tensor(Shape.of(5, 2, 64), x), rope, past));
    for (int i = 0; i < x.length; i++) {
      int pair = interleaved ? i % 64 / 2 : i % 32;
      if (pair >= 8) {
        assertThat(turned[i]).as("value %d", i).isEqualTo(x[i]);
      }
    }
  }

  @Test
  default void positionZeroTurnsNothing() {
    float[] x = Samples.normal(2, 3 * 32);
    Past past = Past.packed(1, 1, 1);
    float[] turned =
        found((b, ops) ->
            ops.rope(ops.tensor(Shape.of(3, 1, 32), x), Rope.standard(32, 10_000), past));
    assertThat(turned).containsExactly(x);
  }

  @Test
  default void noRowsAreTurnedToNone() {
    holdsExactly(
        "rope of nothing",
        (b, ops) ->
            ops.rope(
                ops.tensor(Shape.of(0, 2, 4), new float[0]),
                Rope.standard(4, 10_000),
                Past.packed()));
  }

  @Test
  default void ropeRefusesHeadsOfAnotherSize() {
    Rope rope = Rope.standard(4, 10_000);
    Past past = Past.packed(2);
    refusal((b, ops) -> ops.rope(ops.tensor(Shape.of(2, 1, 5), new float[10]), rope, past))
        .hasMessage("rope: expected heads of 4, found 5");
    refusal((b, ops) -> ops.rope(ops.tensor(Shape.of(3, 1, 4), new float[12]), rope, past))
        .hasMessage("rope: expected rows 2, found 3");
    refusal((b, ops) -> ops.rope(ops.tensor(Shape.of(2, 4), new float[8]), rope, past))
        .hasMessage("rope: expected a tensor of rank 3, found shape [2, 4]");
  }
}
