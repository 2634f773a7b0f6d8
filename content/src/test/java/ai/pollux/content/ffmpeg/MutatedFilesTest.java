package ai.pollux.content.ffmpeg;

import static org.assertj.core.api.Assertions.assertThatCode;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jazzer does for minutes, for a moment: real files with some bytes wrong. */
final class MutatedFilesTest {
  private static final int MUTANTS = 40;
  private static final int HEAD = 20_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audio/asr/jfk.wav",
        "audio/asr/jfk.mp3",
        "audio/asr/example2.flac",
        "multimodal/genai-samples/pixel.m4a",
        "video/flipping_a_pancake.mkv"
      })
  void soundsAreReadOrRefused(String file) throws IOException {
    mutate(Files.readAllBytes(TestFiles.data(file)), SoundFuzz::fuzzerTestOneInput);
  }

  @ParameterizedTest
  @ValueSource(strings = {"video/flipping_a_pancake.mkv", "video/test_video.mp4"})
  void videosAreReadOrRefused(String file) throws IOException {
    mutate(Files.readAllBytes(TestFiles.data(file)), VideoFuzz::fuzzerTestOneInput);
  }

  private interface Target {
    void read(byte[] file);
  }

  private static void mutate(byte[] file, Target target) {
    for (int seed = 0; seed < MUTANTS; seed++) {
      Random random = new Random(seed);
      byte[] mutant = Arrays.copyOf(file, Math.min(file.length, HEAD + random.nextInt(HEAD)));
      for (int i = random.nextInt(30); i >= 0; i--) {
        // Most of what decides is in the first bytes.
        int place = random.nextInt(1 + random.nextInt(mutant.length));
        mutant[place] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> target.read(mutant)).as("mutant %d", seed).doesNotThrowAnyException();
    }
  }
}
