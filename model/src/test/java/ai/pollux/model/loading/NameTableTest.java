package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NameTableTest {
  private static final NameTable TABLE =
      NameTable.of(
          """
          prefix               a. | b.
          norm                 @norm.weight           + 1
          head                 lm_head.weight
          blocks.#.key         @layers.#.k.weight | blk.#.k
          vision.blocks.#.key  v.blk.#.k
          ignored              vision.* | @layers.*.inv_freq
          """);

  @Test
  void prefixesAndAlternativesAreTriedInOrder() {
    assertThat(TABLE.spelling("blocks.12.key").names())
        .containsExactly("a.layers.12.k.weight", "b.layers.12.k.weight", "blk.12.k");
    assertThat(TABLE.spelling("head").names()).containsExactly("lm_head.weight");
  }

  @Test
  void blocksOfAPartAreNumberedLikeThoseOfTheModel() {
    assertThat(TABLE.spelling("vision.blocks.12.key").names()).containsExactly("v.blk.12.k");
    assertThat(TABLE.lists("vision.blocks.0.value")).isFalse();
  }

  @Test
  void anotherFormatsNameIsTheOneInTheSamePlace() {
    NameTable from =
        NameTable.of("kernel.#.w  conv.layer#.weight\nout.#.w  a.#.x.w | a.#.y.w\nonly  z.w");
    NameTable to = NameTable.of("kernel.#.w  c.#.weight\nout.#.w  b.#.p.w | b.#.q.w");
    assertThat(from.translated("conv.layer1.weight", to)).contains("c.1.weight");
    assertThat(from.translated("a.3.y.w", to)).contains("b.3.q.w");
    assertThat(from.translated("z.w", to)).isEmpty();
    assertThat(from.ours("conv.layerx.weight")).isEmpty();
  }

  @Test
  void aBlockOfAStageHasTwoNumbers() {
    NameTable table = NameTable.of("vision.stages.#.#.norm  v.blk.#.#.bn.weight");
    assertThat(table.spelling("vision.stages.2.13.norm").names())
        .containsExactly("v.blk.2.13.bn.weight");
  }

  @Test
  void valuesStoredMinusOneAreMarked() {
    assertThat(TABLE.spelling("norm").plus()).isEqualTo(1);
    assertThat(TABLE.spelling("head").plus()).isZero();
  }

  @Test
  void whatBelongsToSomethingElseIsIgnored() {
    assertThat(TABLE.ignores("vision.blocks.0.weight")).isTrue();
    assertThat(TABLE.ignores("b.layers.3.inv_freq")).isTrue();
    assertThat(TABLE.ignores("b.layers.3.k.weight")).isFalse();
    assertThat(TABLE.ignores("visions")).isFalse();
  }

  @Test
  void aNameThatIsNotListed() {
    assertThat(TABLE.lists("blocks.0.value")).isFalse();
    assertThatThrownBy(() -> TABLE.spelling("blocks.0.value"))
        .hasMessage("the name table has no line for blocks.#.value");
  }

  @Test
  void aLineWithoutAForeignName() {
    assertThatThrownBy(() -> NameTable.of("norm"))
        .hasMessage("a name table's line lacks a foreign name: norm");
  }

  @Test
  void aNameListedTwice() {
    assertThatThrownBy(() -> NameTable.of("norm a\nnorm b"))
        .hasMessage("a name table lists norm twice");
  }
}
