package ai.pollux.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a model from being loaded, and what a program is told. */
final class OpeningTest {
  @TempDir Path home;

  /** Starts without the flag, as programs do whose author has not read this. */
  static final class Flagless {
    private Flagless() {}

    public static void main(String[] arguments) {
      Pollux.open().close();
    }
  }

  @Test
  void aJvmWithoutTheVectorModuleIsToldWhichFlagIsMissing()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Flagless.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .contains(
            "PolluxException: this JVM runs without the module jdk.incubator.vector",
            "java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED",
            "<argLine>--add-modules jdk.incubator.vector",
            "JDK_JAVA_OPTIONS",
            "PolluxOptions.onReference()");
  }

  @Test
  void namesThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> NamedModel.path("no such model", Map.of(), home))
        .isInstanceOf(PolluxException.class)
        .hasMessage(
            "no such model: no such file or folder, and not among the models that were pulled. Expected a folder, a file, or a name as pollux pull takes it; pollux-nano is the one that comes along");
    assertThatThrownBy(() -> NamedModel.path("google/gemma-9", Map.of(), home))
        .hasMessage(
            "google/gemma-9: no such file or folder, and not among the models that were pulled. Fetch it: pollux pull google/gemma-9");
    assertThat(NamedModel.path(home.toString(), Map.of(), home)).isEqualTo(home);
    assertThatThrownBy(() -> PolluxOptions.BUNDLED.withThreads(0))
        .hasMessage("threads: expected at least 1, found 0");
  }

  /** All but its card: a file that is added to the folder has to be added to the list. */
  @Test
  void theCopyHasAllFilesOfTheModel() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("pollux.root"), "models/pollux-nano"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.endsWith(".md"))
          .containsExactlyInAnyOrderElementsOf(BundledModel.FILES);
    }
  }
}
