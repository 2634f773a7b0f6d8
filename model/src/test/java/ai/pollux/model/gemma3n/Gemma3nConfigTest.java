package ai.pollux.model.gemma3n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.gemma3n.Gemma3nConfig.Layer;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.Settings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What configurations and slices mean, and what is said of those that mean nothing. */
class Gemma3nConfigTest {
  private static Map<String, Object> e4b() {
    Map<String, Object> values = new HashMap<>();
    values.put("model_type", "gemma3n_text");
    values.put("hidden_size", 2048);
    values.put("intermediate_size", Collections.nCopies(35, 16_384));
    values.put("num_hidden_layers", 35);
    return values;
  }

  private static Gemma3nConfig config(Map<String, ?> values) {
    return Gemma3nConfig.ofHuggingFace(new Settings(Format.HUGGING_FACE, "config.json", values));
  }

  @Test
  void whatIsLeftOutIsAsPublished() {
    Gemma3nConfig config = config(e4b());
    assertThat(config.sizes().vocabulary()).isEqualTo(262_400);
    assertThat(config.sizes().kvHeads()).isEqualTo(2);
    assertThat(config.perLayerVocabulary()).isEqualTo(262_144);
    assertThat(config.streams()).isEqualTo(4);
    assertThat(config.laurelRank()).isEqualTo(64);
    assertThat(config.sharing()).isEqualTo(15);
    assertThat(config.softcap()).isEqualTo(30);
    assertThat(config.layers())
        .extracting(Layer::isLocal)
        .startsWith(true, true, true, true, false);
    assertThat(config.layers().get(9).deviations()).isEqualTo(1.6448535f);
    assertThat(config.layers().get(10).deviations()).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void theSmallerPublishedModelLeavesOutFiveLayersAndHalfOfTheOthers() {
    Gemma3nConfig config = config(e4b()).sliced(ModelSlice.E2B);
    assertThat(config.layers()).hasSize(30);
    assertThat(config.layers()).extracting(Layer::number).doesNotContain(20, 24).contains(19, 25);
    assertThat(config.layers()).extracting(Layer::feedForwardSize).containsOnly(8192);
    assertThat(config.sharing()).isEqualTo(10);
    assertThat(config.source(20)).isEqualTo(18);
    assertThat(config.source(24)).isEqualTo(19);
  }

  @Test
  void aSliceForAnotherNumberOfLayers() {
    assertThatThrownBy(() -> config(e4b()).sliced(ModelSlice.parse("8192x20")))
        .hasMessageContaining("expected one width, or one for each of the 35 layers, found 20");
  }

  @Test
  void aSliceWiderThanTheModel() {
    assertThatThrownBy(() -> config(e4b()).sliced(ModelSlice.parse("20000")))
        .hasMessage(
            "the slice 20000: layer 0 is 16384 wide, found 20000. Take no more than there is");
  }

  @Test
  void aSliceWithoutTheLayersWhoseKeysOthersRead() {
    assertThatThrownBy(() -> config(e4b()).sliced(ModelSlice.parse("0x20,8192x15")))
        .hasMessageEndingWith(
            "leaves out the layers whose keys and values layer 20 reads. Keep a layer of its kind"
                + " below layer 20");
  }

  @Test
  void sharesOfGatesThatAreNone() {
    Map<String, Object> values = e4b();
    values.put("activation_sparsity_pattern", Collections.nCopies(35, 1.0));
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: activation_sparsity_pattern: expected for each layer a share from 0 to"
                + " below 1, found a list of 35");
  }

  @Test
  void sharingByLayersOfAKindThatNobodyOwns() {
    Map<String, Object> values = e4b();
    values.put("num_kv_shared_layers", 33);
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: num_kv_shared_layers: expected an earlier layer of layer 4's kind that"
                + " owns keys and values, found 33");
  }

  @Test
  void widthsForFewerLayersThanThereAre() {
    Map<String, Object> values = e4b();
    values.put("intermediate_size", List.of(1, 2));
    assertThatThrownBy(() -> config(values))
        .hasMessage(
            "config.json: intermediate_size: expected one number, or a list of 35, one for each"
                + " layer, found [1, 2]");
  }
}
