package ai.pollux.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
  private static String format(Recipe recipe, String name, boolean tied, long... shape) {
    List<Long> axes = Arrays.stream(shape).boxed().toList();
    return recipe.format(name, axes, tied, 24).name();
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_K_M, blk.5.attn_q.weight, Q4_K",
    "Q4_K_M, blk.0.attn_v.weight, Q6_K",
    "Q4_K_M, blk.3.attn_v.weight, Q4_K",
    "Q4_K_M, blk.5.ffn_down.weight, Q6_K",
    "Q4_K_M, blk.23.ffn_down.weight, Q6_K",
    "Q4_K, blk.0.attn_v.weight, Q4_K",
    "Q4_K, output.weight, Q6_K",
    "Q4_0, token_embd.weight, Q4_0",
    "Q8_0, blk.1.ffn_up.weight, Q8_0",
    "F16, blk.1.ffn_up.weight, F16",
    "Q4_0, blk.1.ffn_gate_inp.weight, F32",
    "Q4_0, per_layer_model_proj.weight, F32",
    "Q4_0, v.blk.1.attn_v.weight, Q4_0"
  })
  void eachMatrixHasItsFormat(Recipe recipe, String name, String format) {
    assertThat(format(recipe, name, false, 1024, 2048)).isEqualTo(format);
  }

  @Test
  void anEmbeddingThatServesAsHeadIsFiner() {
    assertThat(format(Recipe.Q4_0, "token_embd.weight", true, 1024, 2048)).isEqualTo("Q6_K");
  }

  @Test
  void rowsThatFillNoBlockTakeTheNextFinerFormat() {
    assertThat(format(Recipe.Q4_K, "blk.1.attn_q.weight", false, 64, 96)).isEqualTo("Q5_0");
    assertThat(format(Recipe.Q6_K, "blk.1.attn_q.weight", false, 64, 96)).isEqualTo("Q8_0");
    assertThat(format(Recipe.Q4_0, "blk.1.proj.weight", false, 64, 16)).isEqualTo("F16");
    assertThat(format(Recipe.Q8_0, "blk.1.attn_norm.weight", false, 2048)).isEqualTo("F32");
  }

  @Test
  void recipesHaveNames() {
    assertThat(Recipe.named("q4_k_m")).isEqualTo(Recipe.Q4_K_M);
    assertThatThrownBy(() -> Recipe.named("q9")).isInstanceOf(IllegalArgumentException.class);
  }
}
