package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void aDiskThatIsFullHalfwayLeavesTheOldFile() throws IOException {
    Path target = Files.writeString(folder.resolve("a.bin"), "old");
    assertThatThrownBy(() ->
            WholeFile.write(
                target,
                8,
                channel -> {
                  WholeFile.append(channel, ByteBuffer.allocate(4));
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("a.bin")
        .hasMessageContaining("cannot be written: No space left on device");
    assertThat(target).hasContent("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(target);
    }
  }

  @Test
  void aDiskWithTooLittleRoomIsToldBeforeAnythingIsWritten() throws IOException {
    Path target = folder.resolve("b.bin");
    assertThatThrownBy(() ->
            WholeFile.write(
                target,
                Long.MAX_VALUE,
                channel -> {
                  throw new AssertionError("wrote to a disk that is too small");
                }))
        .hasMessageContaining("takes 9223372036854 MB, but its disk has")
        .hasMessageContaining("Make room, or name another disk");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path target = folder.resolve("absent/c.bin");
    assertThatThrownBy(() -> WholeFile.write(target, 1, channel -> {}))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("c.bin")
        .hasMessageContaining("cannot be written");
  }

  @Test
  void whatWasWrittenIsThere() throws IOException {
    Path target = Files.writeString(folder.resolve("d.bin"), "longer than the new one");
    WholeFile.write(
        target, 3, channel -> WholeFile.append(channel, ByteBuffer.wrap(new byte[] {1, 2, 3})));
    assertThat(Files.readAllBytes(target)).containsExactly(1, 2, 3);
  }
}
