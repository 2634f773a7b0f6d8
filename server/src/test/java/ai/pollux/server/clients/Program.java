package ai.pollux.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of another language that a test runs to its end.
 *
 * @param folder where it runs
 * @param command its name and arguments
 */
record Program(Path folder, List<String> command) {
  private static final long MOST_MINUTES = 8;

  Program(Path folder, String... command) {
    this(folder, List.of(command));
  }

  /** What a program said, and with which status it ended. */
  record End(int status, String out, String err) {}

  /**
   * Whether there is such a program on the {@code PATH}, which knows the option {@code --version}.
   */
  static boolean isThere(String name) throws InterruptedException {
    try {
      return new ProcessBuilder(name, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Copies the files of {@code from}, in the sources of this module, to a folder of its own. */
  static Path folder(String from) throws IOException {
    Path sources = Path.of(System.getProperty("pollux.root", "..")).resolve("server/src/test");
    Path folder = Files.createDirectories(Path.of("target", from));
    try (Stream<Path> files = Files.list(sources.resolve(from))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return folder;
  }

  /** Runs it; fails where it does not end with status 0. */
  String run() throws IOException, InterruptedException {
    End end = end();
    assertThat(end.status()).as("%s: %s", command, end.err()).isZero();
    return end.out();
  }

  /**
   * Runs the check of a client, which prints a line of JSON for each of its steps, and returns
   * their names; fails with the errors of those that failed.
   */
  List<String> steps() throws IOException, InterruptedException {
    End end = end();
    List<JsonNode> steps = end.out().lines().map(JsonMapper.shared()::readTree).toList();
    assertThat(steps.stream().filter(step -> step.has("error"))).as(end.err()).isEmpty();
    assertThat(end.status()).as("%s: %s%s", command, end.out(), end.err()).isZero();
    return steps.stream().map(step -> step.path("step").asString()).toList();
  }

  /** Runs it, however it ends. */
  End end() throws IOException, InterruptedException {
    Path out = Files.createTempFile("pollux", ".out");
    Path err = Files.createTempFile("pollux", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean isDone = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String said = Files.readString(err, UTF_8);
      assertThat(isDone).as("%s ran for %d minutes: %s", command, MOST_MINUTES, said).isTrue();
      return new End(process.exitValue(), Files.readString(out, UTF_8), said);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
