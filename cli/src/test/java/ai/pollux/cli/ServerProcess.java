package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pollux serve} as a process of its own, which a test may kill. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private final String ready;

  /** Starts it on a free port, and waits until it is ready. */
  ServerProcess(Path data, String... arguments) throws IOException {
    this(data, Map.of(), arguments);
  }

  /** The same with these variables. */
  ServerProcess(Path data, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
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
    errors = Files.createTempFile(Files.createDirectories(Path.of("target")), "serve", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    out = process.inputReader();
    ready = String.valueOf(out.readLine());
    assertThat(ready).as(err()).startsWith("Pollux serves ");
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

  /** Sends SIGTERM and waits; the exit code. */
  int end() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close its output, too.
    if (!process.waitFor(Duration.ofSeconds(40))) {
      throw new IllegalStateException("serve did not end in 40 s");
    }
    return process.exitValue();
  }

  /** What it wrote to standard error, without what the JVM itself says of incubating modules. */
  String err() throws IOException {
    List<String> lines = Files.readAllLines(errors);
    return String.join(
        "\n", lines.stream().filter(line -> !line.startsWith("WARNING: Using inc")).toList());
  }

  /** The same without that of its ending: an answer may still be closed when its client has it. */
  List<String> log() throws IOException {
    return err().lines().filter(line -> !line.contains("requests still run")).toList();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
