package ai.pollux.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where tests find public data ({@code pollux.data}) and goldens ({@code pollux.goldens}). A test
 * whose file is absent is skipped with the reason; on CI (environment variable {@code CI=true}) it
 * fails instead.
 */
public final class TestFiles {
  private TestFiles() {}

  /** A file or folder of the public data, like {@code data("weights/stories260K/tok512.bin")}. */
  public static Path data(String name) {
    return present("pollux.data", "../shared/data", name);
  }

  /** A file or folder of the goldens, like {@code golden("llama/llama3-like")}. */
  public static Path golden(String name) {
    return present("pollux.goldens", "../shared/goldens", name);
  }

  /**
   * The folders {@code FAMILY/CASE} of a family that hold an {@code expected.safetensors}, in order
   * of name.
   */
  public static List<Path> goldenCases(String family) {
    try (Stream<Path> cases = Files.list(golden(family))) {
      return cases
          .filter(folder -> Files.exists(folder.resolve("expected.safetensors")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path present(String property, String otherwise, String name) {
    Path path = Path.of(System.getProperty(property, otherwise)).resolve(name).normalize();
    boolean exists = Files.exists(path);
    if (!exists && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError(path + " is absent, and CI must not skip: set -D" + property);
    }
    assumeTrue(exists, () -> path + " is absent: set -D" + property + " to the folder that has it");
    return path;
  }
}
