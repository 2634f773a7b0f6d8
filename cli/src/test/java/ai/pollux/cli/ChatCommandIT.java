package ai.pollux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code pollux chat} in a terminal, which util-linux's {@code script} makes. */
final class ChatCommandIT {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String CONTROL_D = "\u0004";

  /**
   * The end of what JLine prepares a terminal with, and the prompt: the progress bar has {@code >},
   * too.
   */
  private static final String PROMPT = "h> ";

  @Test
  @Timeout(
      value = 60,
      threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reads cannot be interrupted
  void aTypedLineIsAnsweredAndControlDEnds() throws Exception {
    assumeThat(SCRIPT).as("util-linux's script").exists();
    String chat =
        "stty cols 80 rows 24; exec '%s' --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp '%s' %s chat '%s' --max-tokens 5 --temperature 0"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName(),
                TestFiles.data("weights/stories260K/stories260K.bin"));
    Process process = terminal(chat).start();
    try (OutputStream keys = process.getOutputStream();
        Reader screen = process.inputReader(UTF_8)) {
      StringBuilder seen = new StringBuilder();
      readUntil(screen, seen, PROMPT);

      keys.write("Once upon a time\r".getBytes(UTF_8));
      keys.flush();
      readUntil(screen, seen, ", there was");
      readUntil(screen, seen, PROMPT);
      keys.write(CONTROL_D.getBytes(UTF_8));
      keys.flush();

      assertThat(process.waitFor(Duration.ofSeconds(20))).as("ends: " + seen).isTrue();
      assertThat(process.exitValue()).as(seen.toString()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** {@code script} runs a command in a new terminal and ends as it does. */
  private static ProcessBuilder terminal(String command) {
    ProcessBuilder builder =
        new ProcessBuilder(SCRIPT.toString(), "-qefc", command, "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    return builder;
  }

  private static void readUntil(Reader screen, StringBuilder seen, String expected)
      throws IOException {
    int from = seen.length();
    while (seen.indexOf(expected, from) < 0) {
      int character = screen.read();
      assertThat(character).as("the end, before \"%s\", of %s", expected, seen).isNotNegative();
      seen.append((char) character);
    }
  }
}
