package ai.pollux.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * What lies in the resource folder {@code fuzz/TARGET}: inputs that a fuzzer found, and hostile
 * files made by hand ({@code tools/fuzz}). Each is thrown at its target again, and must not take
 * for ever.
 */
public final class FuzzInputs {
  private static final Duration LONGEST = Duration.ofSeconds(60); // a fuzzer is given 25

  private FuzzInputs() {}

  /** What Jazzer calls. */
  @FunctionalInterface
  public interface Target {
    /** Throws where the input is a finding. */
    void read(byte[] file);
  }

  /** A test for each input of a target; fails where there are none. */
  public static Stream<DynamicTest> of(String name, Target target) {
    URL folder =
        Objects.requireNonNull(FuzzInputs.class.getResource("/fuzz/" + name), "/fuzz/" + name);
    return list(uri(folder)).stream()
        .map(file -> dynamicTest(name + "/" + file.getFileName(), () -> read(file, target)));
  }

  private static void read(Path file, Target target) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Assertions.assertTimeoutPreemptively(LONGEST, () -> target.read(bytes));
  }

  private static List<Path> list(URI folder) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
