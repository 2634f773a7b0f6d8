package ai.pollux.train.data.world.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.testkit.TestFiles;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.picture.DigitImages;
import ai.pollux.train.data.world.sound.SpokenDigits;
import ai.pollux.train.data.world.text.TextTasks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
  private static final Draw DRAW = new Draw(new SplittableRandom(1), Split.TEST);

  @Test
  void anEmptyFolderHasNoSources(@TempDir Path folder) throws IOException {
    assertThat(SourceFiles.read(folder)).isEqualTo(WorldSources.none());
  }

  @Test
  void whatIsNoIdxFileIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("images/mnist/train-images-idx3-ubyte.gz");
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[100]);
    }
    assertThatThrownBy(() -> SourceFiles.read(folder))
        .hasMessage(
            file
                + ": expected an IDX file that begins with 00000803, found 00000000. Take the file as its makers offer it.");
  }

  @Test
  void labelsMustFitImages() {
    assertThatThrownBy(() -> new DigitImages(new byte[784], new byte[2]))
        .hasMessage(
            "digits: 2 labels need 1568 pixels of 28 x 28, found 784. Images and labels must be of one set.");
  }

  @Test
  void tooFewAreSaidToBeTooFew() {
    DigitImages images = new DigitImages(new byte[784], new byte[1]);
    assertThatThrownBy(() -> images.image(DRAW, 7))
        .hasMessage("no image of a 7 belongs to TEST: give more images");
    SpokenDigits voices = new SpokenDigits(List.of());
    assertThatThrownBy(() -> voices.sound(DRAW, 7))
        .hasMessage("no recording of a 7 belongs to TEST: give more recordings");
    assertThatThrownBy(() -> TextTasks.stories(List.of("a story")))
        .hasMessageMatching(
            "text.story: none of 1 texts belongs to (TRAIN|VALIDATION|TEST). Give more texts.");
  }

  @Test
  void booksAndStoriesAreCut() {
    String long1 =
        "It was a fine day and everybody went to the lake to see the ducks. ".repeat(4).strip();
    String long2 =
        "Once there was a fox who lived in a hole under an old tree by the road. "
            .repeat(4)
            .strip();
    assertThat(Prose.stories(long1 + "\n\nThe end.\n" + long2 + "\nToo short.\n"))
        .containsExactly(long1 + "\n\nThe end.", long2);
    assertThat(
            Prose.passages(
                "licence\n\n"
                    + long1
                    + "\n\n*** START OF THIS ***\n\n"
                    + long2
                    + "\n\nshort\n\n*** END OF THIS"))
        .containsExactly(long2);
  }

  /** MNIST's training files and FSDD's recordings 5 to 49 make all tasks possible. */
  @Test
  void publicDataGivesAllTasks() throws IOException {
    Path data = TestFiles.data("audio/fsdd").getParent().getParent();
    TestFiles.data("images/mnist/train-images-idx3-ubyte.gz");
    TestFiles.data("text/tinystories/tiny_stories.txt");
    WorldSources sources = SourceFiles.read(data);
    World world = StandardWorld.of(1, sources);
    assertThat(world.names())
        .containsExactlyElementsOf(StandardWorld.of(1, TestSources.small()).names());
    for (Split split : Split.values()) {
      for (int i = 0; i < 100; i++) {
        assertThat(world.problem(split, i).exchanges()).isNotEmpty();
      }
    }
  }
}
