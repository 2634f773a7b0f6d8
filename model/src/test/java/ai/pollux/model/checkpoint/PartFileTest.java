package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.checkpoint.PartFile.Plan;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  @TempDir private Path folder;

  /** Four bytes, then two tensors of eight rows of four bytes. */
  private static TensorFile file(String origin) {
    TensorSource rows =
        (first, count, target) -> {
          for (int i = 0; i < count * 4; i++) {
            target.set(ValueLayout.JAVA_BYTE, i, (byte) (first * 4 + i));
          }
        };
    TensorFile.Rows tensor = new TensorFile.Rows(8, 4, 2, rows);
    return new TensorFile(new byte[] {1, 2, 3, 4}, List.of(tensor, tensor), origin);
  }

  private static void write(Path target, TensorFile file, UnaryOperator<WritableByteChannel> disk) {
    file.write(new Plan(target, file.fingerprint(), 1, disk), GgufWriter.Progress.NONE);
    PartFile.rename(target);
  }

  /** A disk on which so many bytes find room. */
  private static UnaryOperator<WritableByteChannel> diskOf(int bytes) {
    return channel ->
        new WritableByteChannel() {
          private int room = bytes;

          @Override
          public int write(ByteBuffer source) throws IOException {
            if (room == 0) {
              throw new IOException("No space left on device");
            }
            ByteBuffer fitting =
                source.slice(source.position(), Math.min(room, source.remaining()));
            int written = channel.write(fitting);
            source.position(source.position() + written);
            room -= written;
            return written;
          }

          @Override
          public boolean isOpen() {
            return channel.isOpen();
          }

          @Override
          public void close() throws IOException {
            channel.close();
          }
        };
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDiskThatIsFullAtAnyByteLeavesTheOldFileAndTheNextRunGoesOn() throws IOException {
    Path whole = folder.resolve("whole.bin");
    write(whole, file("a"), UnaryOperator.identity());
    byte[] expected = Files.readAllBytes(whole);
    Files.delete(whole);
    assertThat(expected).hasSize(4 + 2 * (32 + 2));
    for (int room = 0; room < expected.length; room++) {
      Path target = Files.writeString(folder.resolve("a.bin"), "old");
      int bytes = room;
      boolean isKept = room >= 4 + 32 + 2; // the first tensor is on the disk
      assertThatThrownBy(() -> write(target, file("a"), diskOf(bytes)))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "a.bin: cannot be written: No space left on device"
                  + (isKept ? ". What is done is kept: the same command goes on from there" : ""));
      assertThat(target).hasContent("old");
      assertThat(names())
          .containsExactlyElementsOf(
              isKept ? List.of("a.bin", "a.bin.part", "a.bin.part.done") : List.of("a.bin"));
      write(target, file("a"), UnaryOperator.identity());
      assertThat(target).hasBinaryContent(expected);
      assertThat(names()).containsExactly("a.bin");
    }
  }

  @Test
  void aPartOfSomethingElseIsThrownAway() throws IOException {
    Path target = folder.resolve("b.bin");
    assertThatThrownBy(() -> write(target, file("a"), diskOf(40)));
    Heard heard = new Heard();
    TensorFile other = file("b");
    other.write(new Plan(target, other.fingerprint(), 1, UnaryOperator.identity()), heard);
    assertThat(heard.again).isEqualTo(folder.resolve("b.bin.part"));
    assertThat(heard.kept).isZero();
  }

  @Test
  void aJournalThatWasCutInsideALineCountsUpToTheLineBefore() throws IOException {
    Path target = folder.resolve("c.bin");
    assertThatThrownBy(() -> write(target, file("a"), diskOf(40)));
    Path journal = folder.resolve("c.bin.part.done");
    assertThat(journal).content().endsWith("\n38\n");
    Files.writeString(journal, Files.readString(journal) + "7");
    Heard heard = new Heard();
    TensorFile same = file("a");
    same.write(new Plan(target, same.fingerprint(), 1, UnaryOperator.identity()), heard);
    assertThat(heard.kept).isEqualTo(32);
  }

  @Test
  void aPartShorterThanItsJournalSaysIsThrownAway() throws IOException {
    Path target = folder.resolve("d.bin");
    assertThatThrownBy(() -> write(target, file("a"), diskOf(40)));
    Files.write(folder.resolve("d.bin.part"), new byte[10]);
    Heard heard = new Heard();
    TensorFile same = file("a");
    same.write(new Plan(target, same.fingerprint(), 1, UnaryOperator.identity()), heard);
    assertThat(heard.again).isEqualTo(folder.resolve("d.bin.part"));
  }

  @Test
  void twoDoNotWriteOneFile() throws IOException {
    Path target = folder.resolve("e.bin");
    try (PartFile first = PartFile.open(new Plan(target, "a"), GgufWriter.Progress.NONE)) {
      assertThat(first.written()).isZero();
      assertThatThrownBy(() -> PartFile.open(new Plan(target, "a"), GgufWriter.Progress.NONE))
          .hasMessage(
              "e.bin: is being written by another process. Wait until it is done, or name another");
    }
  }

  @Test
  void aDiskWithTooLittleRoomIsToldBeforeAnythingIsWritten() throws IOException {
    Path target = folder.resolve("f.bin");
    TensorSource none = (first, count, bytes) -> {};
    TensorFile.Rows huge = new TensorFile.Rows(Long.MAX_VALUE / 8, 4, 0, none);
    assertThatThrownBy(
            () -> write(target, new TensorFile(new byte[0], List.of(huge), ""), diskOf(0)))
        .hasMessageContaining("takes 4611686018427 MB, but its disk has")
        .hasMessageContaining("Make room, or name another disk");
    assertThat(names()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path target = folder.resolve("absent/g.bin");
    assertThatThrownBy(() -> write(target, file(""), UnaryOperator.identity()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("g.bin")
        .hasMessageContaining("cannot be written");
  }

  /** What a writing told. */
  private static final class Heard implements GgufWriter.Progress {
    private long kept;
    private Path again = Path.of("");

    @Override
    public void at(long done, long total) {}

    @Override
    public void goesOn(long done, long total) {
      kept = done;
    }

    @Override
    public void startsAgain(Path part) {
      again = part;
    }
  }
}
