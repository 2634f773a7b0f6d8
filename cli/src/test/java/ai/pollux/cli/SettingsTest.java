package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Settings of {@code pollux serve}: flag before environment before file before default. */
final class SettingsTest {
  @TempDir Path folder;

  private Shell config(Map<String, String> environment, String... arguments) {
    Settings settings = Settings.of(List.of(arguments), environment, folder);
    return Shell.run(Main.commandLine(settings, arguments), arguments);
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve(Settings.FILE), text);
  }

  @Test
  void aFlagGoesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault() throws IOException {
    file("port: 1\nhost: ::1\nlog-format: json\n");
    Map<String, String> environment = Map.of("POLLUX_PORT", "2", "POLLUX_LOG_FORMAT", "text");

    String explained = config(environment, "config", "--explain", "--port", "3").out();

    String file = folder.resolve(Settings.FILE).toString();
    assertThat(explained)
        .containsPattern("port +3 +flag --port")
        .containsPattern("log-format +text +POLLUX_LOG_FORMAT")
        .containsPattern("host +::1 +" + file + ", line 2")
        .containsPattern("drain-timeout +30 +default")
        .containsPattern("api-key +default")
        .doesNotContain("[]");
  }

  @Test
  void theCommandGetsWhatIsExplained() throws IOException {
    file("port: 1\ncors-origin: [https://a.example, https://b.example]\nno-prefix-reuse: true\n");
    Settings settings = Settings.of(List.of(), Map.of("POLLUX_PORT", "2"), folder);
    ServeCommand serve = new ServeCommand(settings);
    CommandLine line = new CommandLine(serve).setDefaultValueProvider(settings);

    line.parseArgs();
    assertThat(serve.port).isEqualTo(2);
    assertThat(serve.corsOrigins).containsExactly("https://a.example", "https://b.example");
    assertThat(serve.flags.noPrefixReuse).isTrue();

    line.parseArgs("--port", "3", "--cors-origin", "https://c.example", "--no-prefix-reuse");
    assertThat(serve.port).isEqualTo(3);
    assertThat(serve.corsOrigins).containsExactly("https://c.example");
    assertThat(serve.flags.noPrefixReuse).as("said twice").isTrue();
  }

  @Test
  void everySwitchMayBeSaidTwice() {
    CommandLine serve = Main.commandLine("serve").getSubcommands().get("serve");
    for (OptionSpec option : Settings.all(serve.getCommandSpec())) {
      if (option.type() == boolean.class) {
        assertThat(option.fallbackValue())
            .as("%s: without fallbackValue picocli reads it as no when the file says yes", option)
            .isEqualTo("true");
      }
    }
  }

  @Test
  void secretsAreMasked() throws IOException {
    file("api-key: [one-secret, two-secret]\n");
    assertThat(config(Map.of(), "config", "--explain").out())
        .containsPattern("api-key +\\*\\*\\*\\* ")
        .doesNotContain("secret");
    assertThat(config(Map.of(), "config").out()).isEqualTo("api-key: '****'\n");
  }

  @Test
  void passwordsOfDatabasesAreMasked() throws IOException {
    for (String url :
        List.of("jdbc:postgresql://h/n?user=u&password=hidden&x=y", "jdbc:p://u:hidden@h/n")) {
      assertThat(config(Map.of("POLLUX_DATABASE", url), "config", "--explain").out())
          .containsPattern("database +jdbc:[^ ]*\\*\\*\\*\\*[^ ]* +POLLUX_DATABASE")
          .doesNotContain("hidden");
    }
  }

  /** Else keys would be made in another database than the one that is served. */
  @Test
  void keysReadTheSameDatabase() throws IOException {
    Path data = folder.resolve("elsewhere");
    file("data: %s\nname: of-the-model\n".formatted(data));
    Shell shell = config(Map.of(), "keys", "list");
    assertThat(shell.exit()).as(shell.err()).isZero();
    assertThat(data.resolve("pollux.db")).exists();
  }

  @Test
  void withoutExplainItIsTheFileThatSaysTheSame() throws IOException {
    String printed = config(Map.of("POLLUX_LOG_FORMAT", "json"), "config", "--port", "9").out();
    file(printed);
    assertThat(config(Map.of(), "config").out())
        .isEqualTo(printed)
        .isEqualTo("port: 9\nlog-format: json\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot: 1 | line 1: there is no setting \"prot\". Did you mean port?",
        "help: true | there is no setting \"help\"",
        "port: {a: 1} | line 1: expected a single value",
        "- port | line 1: expected lines like port: 8080",
        "port: [ | is no YAML",
        "port: many | Invalid value for option '--port'"
      })
  void aWrongFileIsNamedWithItsLine(String text, String message) throws IOException {
    file(text);
    Shell shell = config(Map.of(), "config");
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains(message, Settings.FILE).doesNotContain("\tat ");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() throws IOException {
    file("port: 1\nport: 2\n");
    assertThat(config(Map.of(), "config").err()).contains("line 2", "port is there twice");
  }

  @Test
  void aWrongVariableIsNamed() {
    Shell shell = config(Map.of("POLLUX_PORT", "tcp://10.0.0.1:80"), "config");
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("tcp://10.0.0.1:80", "(POLLUX_PORT)");
  }

  @Test
  void serveRefusesAWrongFileToo() throws IOException {
    file("prot: 1\n");
    Shell shell = config(Map.of(), "serve");
    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("Did you mean port?");
  }

  @Test
  void aNamedFileThatIsNotThereIsAnError() {
    for (Shell shell :
        List.of(
            config(Map.of(), "config", "--config", "none.yaml"),
            config(Map.of("POLLUX_CONFIG", "none.yaml"), "config"))) {
      assertThat(shell.exit()).isEqualTo(2);
      assertThat(shell.err()).contains("none.yaml: no such file or folder");
    }
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    file("# nothing yet\n");
    assertThat(config(Map.of(), "config").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"prot, port, 2", "port, port, 0", "'', port, 4", "hst, host, 1"})
  void distanceCountsLetters(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
  }
}
