package ai.pollux.tensor;

import ai.pollux.tensor.Samples.WeightCase;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Ops#embed} from every format and form of table. */
public interface EmbedContract extends UnderTest {
  /**
   * Tolerance: q · d - m rounds once or twice, and m may be as large as the row's largest weight;
   * the scale rounds once more.
   */
  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void embedTakesRowsOfTheTable(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int[] ids = {36, 0, 5, 5, 31, 32, 1};
    for (int width : Samples.inputs(format)) {
      for (WeightCase table : Samples.forms(Samples.stored(width, format, 37, width))) {
        double most = Samples.largest(table.values());
        for (float scale : new float[] {1, 8.5f}) {
          holds(
              "embed from " + table,
              (backend, ops) -> ops.embed(ids, table.on(backend, ops), scale),
              i -> 8 * UNIT * most * scale);
        }
      }
    }
  }

  @Test
  default void noIdsGiveNoRows() {
    for (WeightCase table : Samples.forms(Samples.stored(1, Formats.Q4_0, 3, 32))) {
      holdsExactly("embed", (b, ops) -> ops.embed(new int[0], table.on(b, ops), 2));
    }
  }

  /** Tolerance: three products and the sum of four terms of at most this size. */
  @Test
  default void embedAddsTheLowRankProduct() {
    float[] down = Samples.normal(3, 3 * 32);
    float[] up = Samples.normal(4, 9 * 3);
    for (WeightCase base : Samples.forms(Samples.stored(5, Formats.Q8_0, 9, 32))) {
      double most =
          Samples.largest(base.values()) + 1.5 * Samples.largest(down) * Samples.largest(up);
      holds(
          "embed from low rank over " + base,
          (backend, ops) ->
              ops.embed(
                  new int[] {8, 2, 2, 0},
                  new Weight.LowRank(
                      base.on(backend, ops),
                      backend.tensor(Shape.of(3, 32), down),
                      backend.tensor(Shape.of(9, 3), up),
                      0.5f),
                  2),
          i -> 2 * 8 * UNIT * most);
    }
  }

  @Test
  default void embedRefusesIdsBeyondTheTable() {
    for (WeightCase table : Samples.forms(Samples.stored(6, Formats.F32, 4, 2))) {
      refusal((b, ops) -> ops.embed(new int[] {1, 4}, table.on(b, ops), 1))
          .hasMessage("embed: expected ids from 0 to 3, found 4 in row 1");
      refusal((b, ops) -> ops.embed(new int[] {-1}, table.on(b, ops), 1))
          .hasMessage("embed: expected ids from 0 to 3, found -1 in row 0");
    }
  }
}
