package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pollux serve} as a process of its own, which a test may kill. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final String ready;

  /** Starts it on a free port, and waits until it is ready. */
  ServerProcess(Path data, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    out = process.inputReader();
    ready = String.valueOf(out.readLine());
    assertThat(ready).startsWith("Pollux serves ");
  }

  /** The line that it printed when it was ready. */
  String ready() {
    return ready;
  }

  /** Where it listens. */
  String url() {
    return ready.substring(ready.indexOf("http"));
  }

  Process process() {
    return process;
  }

  /** What it prints next; null at its end. */
  String nextLine() throws IOException {
    return out.readLine();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
