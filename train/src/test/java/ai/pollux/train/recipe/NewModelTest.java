package ai.pollux.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaKind;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewModelTest {
  @TempDir Path folder;

  private static Path tokenizer() {
    return TestFiles.golden("tokenizers/gemma4");
  }

  @Test
  void isAModelThatEveryCommandLoads() {
    NewModel.write(folder, Recipes.named("tiny"), tokenizer(), 1);
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model = Models.load(folder, backend, (weight, done, total) -> {});
        Ops ops = backend.open()) {
      assertThat(model.info().media()).contains(MediaKind.IMAGE, MediaKind.AUDIO, MediaKind.VIDEO);
      float[] logits =
          model.forward(ops, new int[] {2, 5, 7}, Past.packed(3), new int[] {2}).toArray();
      assertThat(logits).hasSize(model.info().vocabulary()).doesNotContain(Float.NaN);
      // Random: normally distributed, but for the token that was read, whose entry still lies in
      // its row.
      logits[7] = 0;
      for (float logit : logits) {
        assertThat(Math.abs(logit)).isLessThan(5);
      }
    }
  }

  /** Products of normed queries and keys deviate by 1, products with weights keep sizes. */
  @Test
  void startsWhereAttentionAndWeightsCanMove() {
    Recipe recipe = Recipes.named("tiny");
    NewModel.write(folder, recipe, tokenizer(), 1);
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      String layer = "model.language_model.layers.0.";
      for (float gain : checkpoint.entry(layer + "self_attn.q_norm.weight").values()) {
        assertThat(gain * gain * Math.sqrt((double) recipe.headSize())).isCloseTo(1, within(1e-6));
      }
      for (float gain : checkpoint.entry(layer + "post_attention_layernorm.weight").values()) {
        assertThat(2.0 * gain * gain * recipe.layers()).isCloseTo(1, within(1e-6));
      }
      float[] down = checkpoint.entry(layer + "mlp.down_proj.weight").values();
      double squares = 0;
      for (float value : down) {
        squares += value * value;
      }
      // Of 49,152 values the mean square is known to 0.6 %.
      assertThat(squares / down.length * recipe.feedForwardSize()).isCloseTo(1, within(0.03));
    }
  }

  @Test
  void placesOfAnImageBeginAsWavesOfEachAxis() {
    Recipe recipe = Recipes.named("tiny");
    NewModel.write(folder, recipe, tokenizer(), 1);
    int width = recipe.patchEmbeddingSize();
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      float[] all = checkpoint.entry("model.vision_embedder.pos_embedding").values();
      assertThat(all).hasSize(recipe.patchPositions() * 2 * width);
      int across = 3 * 2 * width;
      assertThat(all[across]).isEqualTo((float) Math.sin(3));
      assertThat(all[across + 1]).isEqualTo((float) Math.cos(3));
      assertThat(all[across + width / 2]).isZero();
      int down = across + width;
      assertThat(all[down]).isZero();
      assertThat(all[down + width / 2]).isEqualTo((float) Math.sin(3));
    }
  }

  @Test
  void aSeedGivesTheSameBytesAndAnotherOthers() throws IOException {
    NewModel.write(folder.resolve("a"), Recipes.named("tiny"), tokenizer(), 1);
    NewModel.write(folder.resolve("b"), Recipes.named("tiny"), tokenizer(), 1);
    NewModel.write(folder.resolve("c"), Recipes.named("tiny"), tokenizer(), 2);
    byte[] a = Files.readAllBytes(folder.resolve("a/model.safetensors"));
    assertThat(Files.readAllBytes(folder.resolve("b/model.safetensors"))).isEqualTo(a);
    assertThat(Files.readAllBytes(folder.resolve("c/model.safetensors"))).isNotEqualTo(a);
  }

  @Test
  void theMiniaturesHaveTheSizesThatTheirNamesStandFor() {
    assertThat(Recipes.named("nano").parameterCount()).isBetween(4_500_000L, 6_500_000L);
    assertThat(Recipes.named("pro").parameterCount()).isBetween(13_000_000L, 18_000_000L);
    assertThat(Recipes.named("ultra").parameterCount()).isBetween(36_000_000L, 48_000_000L);
    assertThat(Recipes.named("nano-1.8b").parameterCount())
        .isBetween(1_700_000_000L, 2_100_000_000L);
    assertThat(Recipes.named("nano-3.25b").parameterCount())
        .isBetween(3_000_000_000L, 3_800_000_000L);
  }

  @Test
  void refusesAnUnknownNameAndSizesThatDoNotFit() {
    assertThatThrownBy(() -> Recipes.named("mega"))
        .hasMessageContaining("expected one of tiny, nano, nano-raw, pro, ultra")
        .hasMessageContaining("found mega");
    Recipe nano = Recipes.named("nano");
    assertThatThrownBy(() ->
            new Recipe(
                "odd", 256, 768, 7, 2, 4, 2, 64, 128, 2048, 2048, 4, 256, 96, 6, nano.sound()))
        .hasMessage(
            "recipe odd: expected layers to be a multiple of 3, so that the last layer is global, found 7");
  }
}
