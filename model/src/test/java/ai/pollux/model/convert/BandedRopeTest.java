package ai.pollux.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BandedRopeTest {
  private static final Settings SETTINGS = new Settings(Format.GGUF, "a.gguf", Map.of());

  /** Llama 3.1, 3.2 and the goldens' tiny one, in which one pair lies between the two ends. */
  @Test
  void theRuleIsFoundFromItsFactors() {
    List<BandedRope> rules =
        List.of(
            new BandedRope(500_000, 8, 1, 4, 8192),
            new BandedRope(500_000, 32, 1, 4, 8192),
            new BandedRope(10_000, 4, 1, 8, 4096));
    for (BandedRope rule : rules) {
      assertThat(BandedRope.fitting(SETTINGS, rule.factors(64), rule.theta())).isEqualTo(rule);
    }
    BandedRope tiny = new BandedRope(500_000, 4, 1, 4, 64);
    BandedRope found = BandedRope.fitting(SETTINGS, tiny.factors(8), tiny.theta());
    assertThat(found).isEqualTo(tiny);
    assertThat(found.parameters()).containsEntry("original_max_position_embeddings", 64L);
  }

  @Test
  void otherFactorsAreRefused() {
    assertThatThrownBy(() -> BandedRope.fitting(SETTINGS, new float[] {1, 5, 2, 8}, 500_000))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "a.gguf: rope_freqs.weight: expected the factors of Llama 3.1's rule, which config.json"
                + " names, found [1.0, 5.0, 2.0, 8.0]. Convert it to .gguf instead");
  }
}
