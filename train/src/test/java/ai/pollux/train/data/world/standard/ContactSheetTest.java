package ai.pollux.train.data.world.standard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.export.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws the sheet that docs/world.md shows, and holds the page to it. */
final class ContactSheetTest {
  private static final List<String> SHOWN =
      List.of(
          "picture.scene",
          "picture.boxes",
          "picture.boxes",
          "picture.compare",
          "picture.read",
          "picture.lines",
          "picture.bars",
          "picture.line",
          "picture.pie",
          "picture.table",
          "picture.clock",
          "film.direction",
          "film.events",
          "sound.pattern",
          "mixed.beeps",
          "text.tools");

  @Test
  void thePictureInTheDocsIsOfThisWorld() throws IOException {
    World world = StandardWorld.of(9, WorldSources.none());
    ContactSheet sheet = new ContactSheet(4, 4);
    for (int i = 0; i < SHOWN.size(); i++) {
      String name = SHOWN.get(i);
      Problem problem = world.problem(Split.VALIDATION, world.task(name).orElseThrow(), i);
      sheet.add(problem);
    }
    RgbImage image = sheet.image();
    byte[] png = PngFile.bytes(image);
    Path target = Path.of("target/world.png");
    Files.createDirectories(target.getParent());
    Files.write(target, png);
    assertThat(png.length).isLessThan(200_000);
    Path shown = Path.of(System.getProperty("pollux.root", "..")).resolve("docs/world.png");
    RgbImage inDocs = new ImageReader(MediaLimits.standard()).read(Files.readAllBytes(shown));
    assertThat(inDocs.rgb())
        .as("docs/world.png shows another world: look at %s, then copy it there", target)
        .isEqualTo(image.rgb());
  }
}
