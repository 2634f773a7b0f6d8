package ai.pollux.model.gemma3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the configurations of published models mean, which leave out what is usual. */
class Gemma3ConfigTest {
  /** {@code text_config} of the 4B model as published: most keys are left to their defaults. */
  private static Map<String, Object> published4b() {
    Map<String, Object> values = new HashMap<>();
    values.put("hidden_size", 2560);
    values.put("intermediate_size", 10_240);
    values.put("model_type", "gemma3_text");
    values.put("num_hidden_layers", 34);
    values.put("rope_scaling", Map.of("factor", 8.0, "rope_type", "linear"));
    values.put("sliding_window", 1024);
    return values;
  }

  private static Gemma3Config config(Map<String, ?> values) {
    return Gemma3Config.ofHuggingFace(new Settings(Format.HUGGING_FACE, "config.json", values));
  }

  @Test
  void the4bModelLeavesOutWhatIsUsual() {
    Gemma3Config config = config(published4b());
    assertThat(config.sizes().vocabulary()).isEqualTo(262_208);
    assertThat(config.sizes().heads()).isEqualTo(8);
    assertThat(config.sizes().kvHeads()).isEqualTo(4);
    assertThat(config.sizes().headSize()).isEqualTo(256);
    assertThat(config.sizes().contextLength()).isEqualTo(131_072);
    assertThat(config.window()).isEqualTo(1024);
    assertThat(config.queryScale()).isEqualTo(1f / 16);
    assertThat(config.sliding()).hasSize(34).startsWith(true, true, true, true, true, false);
    assertThat(config.fullRope().frequencies()[0]).isEqualTo(1f / 8);
    assertThat(config.slidingRope().frequencies()[0]).isEqualTo(1);
  }

  @Test
  void the27bModelScalesQueriesByItsOwnNumber() {
    Map<String, Object> values = published4b();
    values.put("head_dim", 128);
    values.put("num_attention_heads", 32);
    values.put("num_key_value_heads", 16);
    values.put("query_pre_attn_scalar", 168);
    // one rounding to float
    assertThat((double) config(values).queryScale()).isCloseTo(1 / Math.sqrt(168), within(0x1p-27));
  }

  @Test
  void encodersAreRefused() {
    Map<String, Object> values = published4b();
    values.put("use_bidirectional_attention", true);
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: use_bidirectional_attention: expected false (this is an encoder of text,"
                + " not a decoder), found true");
  }
}
