package ai.pollux.content.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Inputs that a fuzzer found, once more. */
final class FoundInputsTest {
  @TestFactory
  Stream<DynamicTest> areReadOrRefused() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(FoundInputsTest.class.getResource("/fuzz/image"));
    List<Path> inputs;
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    return inputs.stream()
        .map(input ->
            DynamicTest.dynamicTest(
                input.getFileName().toString(),
                () -> ImageReaderFuzz.fuzzerTestOneInput(Files.readAllBytes(input))));
  }
}
