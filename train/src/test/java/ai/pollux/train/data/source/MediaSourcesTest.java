package ai.pollux.train.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Part;
import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MediaSourcesTest {
  private static final Labelling CAPTION = Labelling.caption("This is a %s.");

  @TempDir Path folder;

  @Test
  void aFolderForEachClass() throws IOException {
    for (String name : new String[] {"dog/1.png", "cat/2.PNG", "cat/1.png", "cat/notes.md"}) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, TestMedia.png(3, 2));
    }
    FolderSource source = pictures();
    assertThat(source.size()).isEqualTo(3);
    assertThat(SampleText.words(source.sample(0))).isEqualTo("This is a cat.");
    assertThat(SampleText.words(source.sample(2))).isEqualTo("This is a dog.");
    Medium.Picture picture = (Medium.Picture) SampleText.media(source.sample(1)).getFirst();
    assertThat(picture.image().rgb()).startsWith(0xFF, 0x80, 0x00, 0, 0, 0).hasSize(18);
  }

  private FolderSource pictures() {
    return FolderSource.of(
        "pictures",
        folder,
        MediaDecoder.Kind.PICTURE,
        FolderSource::byFolder,
        MediaDecoder.standard(),
        CAPTION);
  }

  @Test
  void aFolderWithoutFilesIsRefused() {
    assertThatThrownBy(this::pictures)
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder
                + ": expected files of kind PICTURE with labels, found none. Check the folder, and how its files are named.");
  }

  @Test
  void aDamagedPictureIsABadRecord() throws IOException {
    Path file = Files.createDirectories(folder.resolve("cat")).resolve("1.png");
    Files.writeString(file, "no picture");
    FolderSource source = pictures();
    assertThatThrownBy(() -> source.sample(0))
        .isInstanceOf(BadRecordException.class)
        .hasMessageStartingWith(file + ": ");
    assertThatThrownBy(() -> MediaDecoder.standard().decode("notes.md", new byte[0]))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("notes.md: expected a picture [png, ");
  }

  @Test
  void soundsAreQuestions() throws IOException {
    Files.write(folder.resolve("7_ann_12.wav"), TestMedia.wav(20_000));
    Files.write(folder.resolve("7_ann_4.wav"), TestMedia.wav(20_000));
    Files.write(folder.resolve("other.wav"), TestMedia.wav(100));
    FolderSource source =
        FolderSource.of(
            "digits",
            folder,
            MediaDecoder.Kind.SOUND,
            SpokenDigit::forTraining,
            MediaDecoder.standard(),
            Labelling.question("Which digit?", "%s"));
    assertThat(source.size()).isEqualTo(1);
    Sample.Dialogue dialogue = (Sample.Dialogue) source.sample(0);
    assertThat(dialogue.conversation().turns().getFirst().parts().getFirst())
        .isInstanceOf(Part.Audio.class);
    float[] samples = ((Medium.Sound) dialogue.media().getFirst()).samples();
    assertThat(samples).hasSize(20_000);
    assertThat(samples[1]).isEqualTo(Math.round(8000 * Math.sin(0.2)) / 32768f);
    assertThat(SpokenDigit.forTest(Path.of("7_ann_4.wav"))).contains("7");
    assertThat(SpokenDigit.forTest(Path.of("7_ann_5.wav"))).isEmpty();
    assertThat(SpokenDigit.of(Path.of("x.wav"))).isEmpty();
  }

  @Test
  void videosAreFilms() {
    Path clips = TestFiles.golden("media");
    FolderSource source =
        FolderSource.of(
            "clips",
            clips,
            MediaDecoder.Kind.VIDEO,
            _ -> Optional.of("clip"),
            new MediaDecoder(ai.pollux.content.MediaLimits.standard(), 4),
            CAPTION);
    Medium.Film film = (Medium.Film) SampleText.media(source.sample(0)).getFirst();
    assertThat(film.frames()).hasSize(4).allMatch(frame -> frame.width() == 64);
    assertThat(film.framesPerSecond()).isPositive();
  }

  @Test
  void idxFilesArePictures() throws IOException {
    Path images = folder.resolve("images");
    Path labels = folder.resolve("labels");
    Files.write(
        images,
        new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, (byte) 200, 30, 40});
    Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 5, 9});
    IdxSource source = IdxSource.open("idx", images, labels, CAPTION);
    assertThat(source.size()).isEqualTo(2);
    Medium.Picture picture = (Medium.Picture) SampleText.media(source.sample(0)).getFirst();
    assertThat(picture.image().width()).isEqualTo(2);
    assertThat(picture.image().rgb()).containsExactly(10, 10, 10, 200, 200, 200);
    assertThat(SampleText.words(source.sample(1))).isEqualTo("This is a 9.");
  }

  @Test
  void idxFilesThatDoNotFitAreRefused() throws IOException {
    Path images = folder.resolve("images");
    Path labels = folder.resolve("labels");
    Files.write(images, new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 10});
    Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 5, 9});
    assertThatThrownBy(() -> IdxSource.open("idx", images, labels, CAPTION))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds 1 pictures")
        .hasMessageContaining("2 labels");
    assertThatThrownBy(() -> IdxSource.open("idx", labels, images, CAPTION))
        .hasMessageContaining(
            "expected an IDX file of unsigned bytes with 3 axes, found one that begins with [0, 0, 8, 1]");
    Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 5});
    assertThatThrownBy(() -> IdxSource.open("idx", images, labels, CAPTION))
        .hasMessageContaining("expected 10 bytes for axes [2], found 9");
  }
}
