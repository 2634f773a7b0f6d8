package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RecipesCommandTest {
  @Test
  void showsEveryRecipeWithHardware() {
    Shell shell = Shell.run("recipes");

    assertThat(shell.exit()).as(shell.err()).isZero();
    assertThat(shell.out())
        .contains("nano: ", "nano-1.8b: ", "pro-12b: ", "H100 SXM", "does not fit");
  }

  @Test
  void printsOneAsJsonForATokenCount() {
    Shell shell = Shell.run("recipes", "nano-3.25b", "--tokens", "1e12", "--json");

    assertThat(shell.exit()).as(shell.err()).isZero();
    JsonNode recipe = JsonMapper.shared().readTree(shell.out()).path("recipes").path(0);
    assertThat(recipe.path("name").asString()).isEqualTo("nano-3.25b");
    assertThat(recipe.path("tokens").asDouble()).isEqualTo(1e12);
    assertThat(recipe.path("bytes").asLong())
        .isGreaterThan(16 * recipe.path("parameters").asLong());
    assertThat(recipe.path("hardware").size()).isGreaterThan(3);
  }

  @Test
  void anUnknownOneIsAnsweredWithTheNames() {
    Shell shell = Shell.run("recipes", "mega");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("expected one of tiny, nano, nano-raw, pro, ultra");
  }
}
