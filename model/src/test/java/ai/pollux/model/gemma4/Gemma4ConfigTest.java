package ai.pollux.model.gemma4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What configurations mean, and what is said of those that mean nothing. */
class Gemma4ConfigTest {
  private static Map<String, Object> small() {
    Map<String, Object> values = new HashMap<>();
    values.put("model_type", "gemma4_text");
    values.put("hidden_size", 1536);
    values.put("intermediate_size", 6144);
    values.put("num_hidden_layers", 10);
    values.put("num_attention_heads", 8);
    values.put("num_key_value_heads", 1);
    values.put("sliding_window", 512);
    return values;
  }

  private static Gemma4Config config(Map<String, ?> values) {
    return Gemma4Config.ofHuggingFace(new Settings(Format.HUGGING_FACE, "config.json", values));
  }

  @Test
  void whatIsLeftOutIsAsPublished() {
    Gemma4Config config = config(small());
    assertThat(config.sizes().vocabulary()).isEqualTo(262_144);
    assertThat(config.sizes().headSize()).isEqualTo(256);
    assertThat(config.globalHeadSize()).isEqualTo(512);
    assertThat(config.perLayerSize()).isEqualTo(256);
    assertThat(config.experts()).isEqualTo(Gemma4Config.Experts.NONE);
    assertThat(config.sliding()).startsWith(true, true, true, true, true, false);
    assertThat(config.globalRope().frequencies()).hasSize(256).endsWith(0f);
    assertThat(config.localRope().frequencies()[127]).isPositive();
    assertThat(config.softcap()).isZero();
  }

  @Test
  void theUnifiedMemberHasNoPerLayerEmbeddings() {
    Map<String, Object> values = small();
    values.put("model_type", "gemma4_unified_text");
    values.remove("sliding_window");
    assertThat(config(values).perLayerSize()).isZero();
    assertThat(config(values).window()).isEqualTo(1024);
  }

  @Test
  void layersThatShareKeysHaveWiderFeedForwardLayers() {
    Map<String, Object> values = small();
    values.put("num_kv_shared_layers", 4);
    values.put("use_double_wide_mlp", true);
    Gemma4Config config = config(values);
    assertThat(config.feedForwardSizes()).endsWith(6144, 12_288, 12_288, 12_288, 12_288);
    assertThat(config.ownsKeys(5)).isTrue();
    assertThat(config.ownsKeys(6)).isFalse();
  }

  @Test
  void fewerKeyHeadsOnGlobalLayersGoWithOneProjection() {
    Map<String, Object> values = small();
    values.put("num_key_value_heads", 4);
    values.put("num_global_key_value_heads", 1);
    assertThat(config(values).kvHeads()).containsOnly(4);
    values.put("attention_k_eq_v", true);
    assertThat(config(values).kvHeads()).startsWith(4, 4, 4, 4, 4, 1);
    assertThat(config(values).valuesFromKeys()).isTrue();
  }

  @Test
  void sharingWithoutAnEarlierLayerOfTheKind() {
    Map<String, Object> values = small();
    values.put("num_kv_shared_layers", 5);
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: num_kv_shared_layers: expected an earlier layer of layer 5's kind that"
                + " owns keys and values, found 5");
  }

  @Test
  void sharingByAllLayers() {
    Map<String, Object> values = small();
    values.put("num_kv_shared_layers", 10);
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: num_kv_shared_layers: expected a whole number from 0 to 9, found 10");
  }

  @Test
  void expertsWithoutTheirNumber() {
    Map<String, Object> values = small();
    values.put("enable_moe_block", true);
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: num_experts: expected a whole number from 1 to 65536, found nothing");
  }

  @Test
  void moreExpertsTakenThanThereAre() {
    Map<String, Object> values = small();
    values.put("enable_moe_block", true);
    values.put("num_experts", 8);
    values.put("top_k_experts", 9);
    values.put("moe_intermediate_size", 32);
    assertThatThrownBy(() -> config(values))
        .hasMessage("config.json: top_k_experts: expected a whole number from 1 to 8, found 9");
  }

  @Test
  void encodersAreRefused() {
    Map<String, Object> values = small();
    values.put("use_bidirectional_attention", "all");
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: use_bidirectional_attention: expected null or \"vision\", for a decoder,"
                + " found \"all\"");
  }

  @Test
  void layerTypesOfAnotherModel() {
    Map<String, Object> values = small();
    values.put("layer_types", List.of("full_attention"));
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: layer_types: expected a list of 10 string values, found"
                + " [full_attention]");
  }
}
