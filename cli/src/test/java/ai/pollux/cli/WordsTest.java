package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read beside the answers: units, progress, failures. */
final class WordsTest {
  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1572864, 1.5 MiB", "5368709120, 5.0 GiB"})
  void bytesHaveUnitsOf1024(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "1000, 1.00 K", "260032, 260.03 K", "1500000000, 1.50 B"})
  void countsHaveUnitsOf1000(long count, String text) {
    assertThat(Units.count(count)).isEqualTo(text);
  }

  @Test
  void aBarShowsTheShareAndTakesItsLineAway() {
    assertThat(bar(true))
        .startsWith("\rloading [")
        .contains("=] 100 %  2.0 KiB of 2.0 KiB")
        .endsWith("\r\033[K");
  }

  @Test
  void aPipeGetsNoBar() {
    assertThat(bar(false)).isEmpty();
  }

  @Test
  void failuresOfFilesNameTheFile() {
    assertThat(Failure.message(new NoSuchFileException("a.gguf")))
        .isEqualTo("a.gguf: no such file or folder");
    assertThat(Failure.message(new AccessDeniedException("a.gguf")))
        .isEqualTo("a.gguf: not allowed to open it");
    assertThat(Failure.message(new UncheckedIOException(new IOException("disk full"))))
        .isEqualTo("disk full");
  }

  @Test
  void tooLittleMemorySaysWhatToDo() {
    assertThat(Failure.message(new OutOfMemoryError("Java heap space")))
        .contains("Java heap space", "POLLUX_JAVA_OPTS", "--context");
  }

  @Test
  void onlyFailuresThatNobodyForesawAreUnexpected() {
    assertThat(Failure.isUnexpected(new NullPointerException())).isTrue();
    assertThat(Failure.isUnexpected(new IllegalArgumentException("wrong"))).isFalse();
    assertThat(Failure.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  private static String bar(boolean isShown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ProgressBar bar = new ProgressBar("loading", out, isShown)) {
      bar.update(0, 2048);
      bar.update(2048, 2048);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
