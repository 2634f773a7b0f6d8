package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.KvCacheLayout.Group;
import ai.pollux.tensor.KvCacheLayout.Layer;
import ai.pollux.tensor.quant.Formats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shapes, cache layouts and the rows of packed steps. */
class SizesTest {
  @Test
  void aShapeCountsItsValues() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size(0)).isEqualTo(2);
    assertThat(shape.size(-1)).isEqualTo(4);
    assertThat(shape.elements()).isEqualTo(24);
    assertThat(shape).isEqualTo(Shape.of(2, 3, 4)).isNotEqualTo(Shape.of(4, 3, 2));
    assertThat(shape).hasToString("[2, 3, 4]").hasSameHashCodeAs(Shape.of(2, 3, 4));
    assertThat(Shape.of(0, 5).elements()).isZero();
  }

  @Test
  void aShapeRefusesNegativeAndHugeSizes() {
    assertThatThrownBy(() -> Shape.of(2, -1))
        .hasMessage("a shape has no negative sizes, found [2, -1]");
    assertThatThrownBy(() -> Shape.of(65_536, 32_768))
        .hasMessageContaining("at most 2^31-1 values, shape [65536, 32768] asks for more");
  }

  @Test
  void packedSequencesBeginAtPositionZero() {
    Past past = Past.packed(2, 0, 3);
    assertThat(past.rows()).isEqualTo(5);
    assertThat(past.sequences()).isEqualTo(3);
    assertThat(List.of(past.firstRow(0), past.firstRow(1), past.firstRow(2), past.firstRow(3)))
        .containsExactly(0, 2, 2, 5);
    assertThat(List.of(past.position(1), past.position(2), past.position(4)))
        .containsExactly(1, 0, 2);
    assertThat(past.lastVisible(4)).isEqualTo(2);
    assertThatThrownBy(() -> Past.packed(1, -2))
        .hasMessage("sequence 1: expected a length of 0 or more, found -2");
  }

  @Test
  void aCacheTakesTheBytesOfItsPages() {
    KvCacheLayout layout =
        new KvCacheLayout(
            16,
            List.of(new Group(512, 10), new Group(AttentionSpec.UNBOUNDED, 100)),
            List.of(new Layer(0, 4, 64), new Layer(1, 1, 128)),
            Formats.F16);
    assertThat(layout.bytes()).isEqualTo(2L * 16 * (10 * 2 * 4 * 64 + 100 * 2 * 128));
    assertThat(layout.layers().getFirst().valuesPerPosition()).isEqualTo(512);
  }

  @Test
  void aCacheRefusesWhatItCannotHold() {
    List<Group> groups = List.of(new Group(8, 1));
    List<Layer> layers = List.of(new Layer(1, 1, 32));
    assertThatThrownBy(() -> new KvCacheLayout(0, groups, List.of(), Formats.F32))
        .hasMessage("cache: expected pages of 1 position or more, found 0");
    assertThatThrownBy(() -> new KvCacheLayout(1, groups, List.of(), Formats.Q8_0))
        .hasMessage("cache: expected a plain format (F32, F16, BF16), found Q8_0");
    assertThatThrownBy(() -> new KvCacheLayout(1, groups, layers, Formats.F32))
        .hasMessage("cache: layer 0 names group 1 of 1");
  }

  @Test
  void anAttentionLayerRefusesAWindowThatSeesNothing() {
    assertThatThrownBy(() -> AttentionSpec.causal(3, true, 0, 1))
        .hasMessage("layer 3: expected a window of 1 or more, found 0");
    assertThatThrownBy(() -> new AttentionSpec(3, true, 1, 1, -1, false))
        .hasMessage("layer 3: expected a soft cap of 0 (none) or more, found -1.0");
  }
}
