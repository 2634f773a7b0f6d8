package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Rope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static Settings settings(Format format, Map<String, ?> values) {
    return new Settings(format, "config.json", values);
  }

  @Test
  void olderFilesSayThatEveryNthLayerSeesAll() {
    boolean[] expected = {true, true, false, true, true, false};
    Settings old = settings(Format.HUGGING_FACE, Map.of("sliding_window_pattern", 3));
    assertThat(Layers.sliding(old, 6, 6)).isEqualTo(expected);
    Settings gguf = settings(Format.GGUF, Map.of("attention.sliding_window_pattern", 3));
    assertThat(Layers.sliding(gguf, 6, 6)).isEqualTo(expected);
    assertThat(Layers.sliding(settings(Format.GGUF, Map.of()), 6, 3)).isEqualTo(expected);
  }

  @Test
  void newerFilesListTheLayers() {
    Settings types =
        settings(
            Format.HUGGING_FACE,
            Map.of("layer_types", List.of("full_attention", "sliding_attention")));
    assertThat(Layers.sliding(types, 2, 6)).containsExactly(false, true);
    Settings flags =
        settings(Format.GGUF, Map.of("attention.sliding_window_pattern", List.of(false, true)));
    assertThat(Layers.sliding(flags, 2, 6)).containsExactly(false, true);
  }

  @Test
  void mistakesAreNamed() {
    Settings types =
        settings(Format.HUGGING_FACE, Map.of("layer_types", List.of("full_attention", "conv")));
    assertThatThrownBy(() -> Layers.sliding(types, 2, 6))
        .hasMessage(
            "config.json: layer_types: expected only sliding_attention and full_attention, found"
                + " [full_attention, conv]");
    assertThatThrownBy(() -> Layers.sliding(types, 3, 6))
        .hasMessage(
            "config.json: layer_types: expected a list of 3 string values, found [full_attention,"
                + " conv]");
  }

  @Test
  void scalingBelongsToTheLayersThatSeeAll() {
    Settings old =
        settings(
            Format.HUGGING_FACE,
            Map.of(
                "rope_theta",
                1_000_000,
                "rope_local_base_freq",
                10_000,
                "rope_scaling",
                Map.of("rope_type", "linear", "factor", 8)));
    Rope local = Layers.rope(old, "sliding_attention", "rope_local_base_freq", 1, 16);
    Rope global = Layers.rope(old, "full_attention", "rope_theta", 1, 16);
    assertThat(local.frequencies()).isEqualTo(Rope.standard(16, 10_000).frequencies());
    assertThat(global.frequencies()[0]).isEqualTo(1f / 8);
    Settings now =
        settings(
            Format.HUGGING_FACE,
            Map.of(
                "rope_parameters",
                Map.of(
                    "full_attention",
                    Map.of("rope_theta", 1_000_000, "rope_type", "linear", "factor", 8),
                    "sliding_attention",
                    Map.of("rope_theta", 10_000, "rope_type", "default"))));
    assertThat(Layers.rope(now, "full_attention", "rope_theta", 1, 16).frequencies())
        .isEqualTo(global.frequencies());
    assertThat(Layers.rope(now, "sliding_attention", "rope_local_base_freq", 1, 16).frequencies())
        .isEqualTo(local.frequencies());
  }
}
