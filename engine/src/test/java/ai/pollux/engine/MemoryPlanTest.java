package ai.pollux.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.ModelInfo;
import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long GIB = 1L << 30;

  /** The sizes of Gemma 3 1B in BF16: 22 layers with a window of 512, 4 without. */
  private final ModelInfo model = gemma();

  private final EngineOptions options =
      EngineOptions.of(model).withContextLength(32768).withCacheTokens(32768).withMaxSequences(4);

  @Test
  void layersWithAWindowTakeRoomForTheirWindowsOnly() {
    // 4 layers · 32768 tokens + 22 layers · (4 windows of 512 + a step of 512 + a page for each
    // end) tokens, each 2 · 256 floats
    long global = 4L * 32768;
    long local = 22L * (4 * (512 + 32) + 512 + 32);
    assertThat(plan(8 * GIB).cacheBytes()).isEqualTo((global + local) * 2 * 256 * 4);
  }

  @Test
  void aModelThatFitsGoesOn() {
    assertThatCode(plan(8 * GIB)::require).doesNotThrowAnyException();
  }

  @Test
  void aModelThatDoesNotFitSaysWhatWould() {
    assertThatThrownBy(plan(12 * GIB / 5)::require)
        .isInstanceOf(MemoryPlanException.class)
        .hasMessage(
            "The gemma3 model does not fit in memory: expected at most 2.40 GiB, found 2.46 GiB"
                + " (weights 1.86 GiB, cache of 32768 tokens in F32 0.36 GiB, workspace 0.24 GiB)."
                + " What would fit: a cache in F16 (2.28 GiB); a context and cache of 16384 tokens"
                + " (2.34 GiB); weights in Q8_0 (about 1.59 GiB).");
  }

  @Test
  void whereNothingAloneFitsTheSmallestTogetherIsNamed() {
    assertThatThrownBy(plan(GIB)::require)
        .hasMessageContaining(
            "What would fit: only all of it together: weights in Q4_0 with an F16 cache of 256"
                + " tokens take about 0.77 GiB.");
  }

  @Test
  void whereNothingFitsTheMessageSaysSo() {
    assertThatThrownBy(plan(GIB / 2)::require)
        .hasMessageContaining("Nothing of this model would fit")
        .hasMessageEndingWith("Use a smaller model.");
  }

  @Test
  void everyOfferFits() {
    for (long available = GIB; available < 3 * GIB; available += GIB / 16) {
      MemoryPlan plan = plan(available);
      MemoryPlan half = new MemoryPlan(model, options.withCacheFormat(Formats.F16), available);
      if (!plan.fits() && half.fits()) {
        assertThatThrownBy(plan::require).hasMessageContaining("a cache in F16");
      }
    }
  }

  private MemoryPlan plan(long available) {
    return new MemoryPlan(model, options, available);
  }

  private static ModelInfo gemma() {
    List<CacheLayer> layers = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      layers.add(new CacheLayer(i % 6 == 5 ? AttentionSpec.UNBOUNDED : 512, 1, 256));
    }
    return new ModelInfo(
        "gemma3", 262144, 32768, 1152, 26, layers, 999_885_952, 2 * 999_885_952L, Set.of(), 0);
  }
}
