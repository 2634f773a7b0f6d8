package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, it opens or says what is wrong: no other exception, no crash. */
class DamagedFilesTest {
  private static final int CASES = 5_000;

  @TempDir Path folder;

  @Test
  void safetensorsCutAtAnyByteIsRefused() {
    refusesEveryPrefix(SmallFiles.safetensors());
  }

  @Test
  void ggufCutAtAnyByteIsRefused() {
    refusesEveryPrefix(SmallFiles.gguf(folder));
  }

  @Test
  void llama2cCutAtAnyByteIsRefused() {
    refusesEveryPrefix(SmallFiles.llama2c());
  }

  private void refusesEveryPrefix(byte[] whole) {
    readAll(SmallFiles.write(folder, "cut", whole)); // whole, it is fine
    for (int length = 0; length < whole.length; length++) {
      Path cut = SmallFiles.write(folder, "cut", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Checkpoints.open(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("cut: ");
    }
  }

  @Test
  void flippedBytesNeverDoWorseThanACheckpointException() {
    byte[][] files = {SmallFiles.safetensors(), SmallFiles.gguf(folder), SmallFiles.llama2c()};
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = files[i % files.length].clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Path file = SmallFiles.write(folder, "flipped", bytes);
      try {
        readAll(file);
      } catch (CheckpointException e) {
        assertThat(e).hasMessageStartingWith("flipped: ");
        refused++;
      }
    }
    assertThat(refused).as("cases that were noticed").isBetween(CASES / 10, CASES - 1);
  }

  private static void readAll(Path file) {
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      for (String key : checkpoint.metadata().keys()) {
        if (checkpoint.metadata().value(key).orElseThrow() instanceof MetadataValue.Items items) {
          assertThat(items.values()).hasSize(items.size());
        }
      }
      for (String name : checkpoint.names()) {
        Entry entry = checkpoint.entry(name);
        if (entry.isReadable()) {
          assertThat((long) entry.values().length).isEqualTo(entry.elements());
        }
      }
    }
  }
}
