package ai.pollux.train.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarSourceTest {
  private static final TarFormat CAPTIONED = TarFormat.captioned(MediaDecoder.standard());

  @TempDir Path folder;

  private record Entry(String name, byte[] bytes) {
    static Entry of(String name, String text) {
      return new Entry(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path shard(String name, Entry... entries) throws IOException {
    Path file = folder.resolve(name);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Entry entry : entries) {
        TarArchiveEntry header = new TarArchiveEntry(entry.name());
        header.setSize(entry.bytes().length);
        tar.putArchiveEntry(header);
        tar.write(entry.bytes());
        tar.closeArchiveEntry();
      }
    }
    return file;
  }

  @Test
  void filesOfOneStemAreASample() throws IOException {
    Path first =
        shard(
            "0.tar",
            new Entry("a/0001.png", TestMedia.png(5, 4)),
            Entry.of("a/0001.txt", "A cat."),
            Entry.of("b/0001.txt", "No picture."));
    Path second = shard("1.tar", Entry.of("b/0001.txt", "Another."));
    try (TarSource source = TarSource.open("tar", List.of(first, second), CAPTIONED)) {
      assertThat(source.size()).isEqualTo(3);
      Sample sample = source.sample(0);
      assertThat(SampleText.words(sample)).isEqualTo("A cat.");
      assertThat(((Medium.Picture) SampleText.media(sample).getFirst()).image().width())
          .isEqualTo(5);
      assertThat(SampleText.words(source.sample(1))).isEqualTo("No picture.");
      assertThat(SampleText.words(source.sample(2))).isEqualTo("Another.");
    }
  }

  @Test
  void labelsAndRecordsAreRead() throws IOException {
    Path file = shard("0.tar", new Entry("x.wav", TestMedia.wav(1600)), Entry.of("x.cls", "7\n"));
    Labelling labelling = Labelling.question("Which digit?", "It is %s.");
    TarFormat format = TarFormat.labelled(MediaDecoder.standard(), labelling);
    try (TarSource source = TarSource.open("tar", List.of(file), format)) {
      assertThat(SampleText.words(source.sample(0))).isEqualTo("Which digit?\nIt is 7.");
    }
    Path records = shard("1.tar", Entry.of("x.json", "{\"q\": \"a\", \"a\": \"b\"}"));
    TarFormat record = TarFormat.record(RecordFormat.answered("q", "a"));
    try (TarSource source = TarSource.open("tar", List.of(records), record)) {
      assertThat(SampleText.words(source.sample(0))).isEqualTo("a\nb");
    }
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws IOException {
    Path file =
        shard(
            "0.tar",
            Entry.of("x.json", "{"),
            Entry.of("y.png", "no picture"),
            Entry.of("z.cls", "1"));
    try (TarSource source = TarSource.open("tar", List.of(file), CAPTIONED)) {
      assertThatThrownBy(() -> source.sample(0))
          .isInstanceOf(BadRecordException.class)
          .hasMessage(file + ", x: Expected a file that ends with .txt, found [json].");
      assertThatThrownBy(() -> source.sample(1))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining(file + ", y: .png: ");
    }
    TarFormat record = TarFormat.record(RecordFormat.text("t"));
    try (TarSource source = TarSource.open("tar", List.of(file), record)) {
      assertThatThrownBy(() -> source.sample(0))
          .isInstanceOf(BadRecordException.class)
          .hasMessageContaining("Not a JSON text");
    }
    TarFormat labelled = TarFormat.labelled(MediaDecoder.standard(), Labelling.caption("%s"));
    try (TarSource source = TarSource.open("tar", List.of(file), labelled)) {
      assertThatThrownBy(() -> source.sample(2))
          .hasMessageContaining("Expected one picture, sound or video, found 0 among [cls].");
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("no.tar"), "x".repeat(2000));
    assertThatThrownBy(() -> TarSource.open("tar", List.of(file), CAPTIONED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(file + ": expected a tar file that is not packed, found ");
  }
}
