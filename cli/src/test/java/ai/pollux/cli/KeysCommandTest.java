package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux keys}. */
final class KeysCommandTest {
  @TempDir Path data;

  @Test
  void keysAreMadeListedAndRevoked() {
    assertThat(keys("list").out()).contains("No keys yet");
    String secret = keys("create", "--name", "CI").out().strip();
    assertThat(secret).matches("plx_[a-z0-9]{50}");
    String list = keys("list").out();
    assertThat(list).contains("DEVELOPER", "default", "CI", secret.substring(0, 8));
    assertThat(list).doesNotContain(secret);
    String id = list.substring(0, 12);
    assertThat(keys("revoke", id).exit()).isZero();
    assertThat(keys("list").out()).contains("(revoked)");
    Shell again = keys("revoke", id);
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("no key " + id + " is in force; pollux keys list shows");
  }

  @Test
  void jsonHasAllOfIt() {
    JsonNode created =
        json(
            keys("create", "--json", "--project=shop", "--role=admin", "--tokens-per-day=1000")
                .out());
    assertThat(created.path("secret").asString()).startsWith("plx_");
    assertThat(created.path("role").asString()).isEqualTo("ADMIN");
    assertThat(created.path("tokensPerDay").asInt()).isEqualTo(1000);
    JsonNode listed = json(keys("list", "--json").out()).path("keys").path(0);
    assertThat(listed.path("id")).isEqualTo(created.path("id"));
    assertThat(listed.has("secret")).isFalse();
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(keys("create", "--project", "../up").err())
        .contains("project: expected 1 to 40 letters")
        .doesNotContain("\tat ");
    assertThat(keys("create", "--tokens-per-day", "0").err())
        .contains("--tokens-per-day: expected at least 1, found 0");
    assertThat(Shell.run("keys").err()).contains("expected create, list or revoke");
    Files.writeString(data.resolve("pollux.db"), "no database ".repeat(200));
    assertThat(keys("list").err())
        .contains("cannot use the database", "not a database", "--data")
        .doesNotContain("\tat ");
  }

  private Shell keys(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "keys";
    all[1] = command;
    all[2] = "--data";
    all[3] = data.toString();
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return Shell.run(all);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
