package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSliceTest {
  private static final int[] WHOLE = {16, 16, 16, 16};

  @Test
  void oneWidthIsThatOfAllLayers() {
    assertThat(ModelSlice.parse("8").widths(WHOLE, 2, 1)).containsExactly(8, 8, 8, 8);
  }

  @Test
  void runsOfWidthsAndLayersToLeaveOut() {
    assertThat(ModelSlice.parse("16x2, 0,4").widths(WHOLE, 2, 1)).containsExactly(16, 16, 0, 4);
  }

  @Test
  void theNestedModelHasHalfOfEachLayerAndNotTheFirstThatShare() {
    assertThat(ModelSlice.parse("e2b").widths(WHOLE, 2, 1)).containsExactly(8, 8, 0, 8);
  }

  @Test
  void theWholeModelIsNotSliced() {
    assertThat(ModelSlice.WHOLE.widths(WHOLE, 2, 1)).isEqualTo(WHOLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8,", "half", "8x", "-1", "8x99999", "12345678"})
  void whatIsNoSlice(String text) {
    assertThatThrownBy(() -> ModelSlice.parse(text))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("a slice is e2b, or widths of layers like 8192")
        .hasMessageEndingWith("in \"" + text + "\"");
  }

  @Test
  void aSliceOfNothing() {
    assertThatThrownBy(() -> ModelSlice.parse("0").widths(WHOLE, 2, 1))
        .hasMessage("the slice 0 leaves no layer");
  }
}
