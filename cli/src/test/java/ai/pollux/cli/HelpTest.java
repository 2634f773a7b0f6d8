package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class HelpTest {
  static Stream<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandsHelpHasEveryOptionAndAnExample(String command) {
    Shell shell = Shell.run(command, "--help");

    assertThat(shell.exit()).isZero();
    CommandLine line = Main.commandLine().getSubcommands().get(command);
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        assertThat(shell.out()).contains(option.longestName());
      }
      assertThat(String.join("", option.description())).as(option.longestName()).isNotBlank();
    }
    assertThat(shell.out()).contains("Example: pollux " + command);
  }

  @Test
  void theCommandsAreTheDocumentedOnes() {
    assertThat(Set.copyOf(commands().toList()))
        .containsExactlyInAnyOrder(
            "serve",
            "run",
            "chat",
            "generate",
            "inspect",
            "convert",
            "quantize",
            "train",
            "recipes",
            "evaluate",
            "bench",
            "tokenize",
            "pull",
            "list",
            "rm",
            "keys",
            "tiers",
            "config");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearest() {
    Shell shell = Shell.run("generat");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("generat", "Did you mean", "pollux generate", "Help: pollux");
  }

  @Test
  void whatIsMissingIsNamed() {
    Shell shell = Shell.run("generate", "--prompt", "x");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("--model=MODEL", "Help: pollux generate --help");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(Shell.run().exit()).isEqualTo(2);
  }
}
