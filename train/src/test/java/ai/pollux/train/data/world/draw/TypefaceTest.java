package ai.pollux.train.data.world.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TypefaceTest {
  private static final List<Typeface> FACES = Typeface.all();

  @Test
  void everyFaceHasEveryLetterAndNoTwoAreAlikeButStrokes() {
    for (Typeface face : FACES) {
      Set<List<Integer>> seen = new HashSet<>();
      for (char letter = 33; letter < 127; letter++) {
        List<Integer> ink = new java.util.ArrayList<>();
        for (int i = 0; i < 36 * 36; i++) {
          ink.add((int) face.ink(letter, i % 36 + 0.5, i / 36 + 0.5));
        }
        assertThat(ink.stream().mapToInt(Integer::intValue).max().orElseThrow())
            .as("face %d, letter %c", FACES.indexOf(face), letter)
            .isGreaterThan(60);
        assertThat(seen.add(ink) || "Il|".indexOf(letter) >= 0)
            .as("letter %c of face %d", letter, FACES.indexOf(face))
            .isTrue();
      }
    }
  }

  @Test
  void facesDiffer() {
    assertThat(FACES).hasSize(Typeface.COUNT);
    assertThat(FACES.stream().map(face -> face.width("Hamburgefonstiv")).distinct().count())
        .isGreaterThan(18);
  }

  @Test
  void aLetterThatNoSheetHasIsRefused() {
    assertThatThrownBy(() -> FACES.getFirst().width("ü"))
        .hasMessage("the sheets hold the characters 32 to 126, found 252 in a text");
  }

  @Test
  void aTextIsAsWideAsItSays() {
    Lettering lettering = new Lettering(FACES.getFirst(), 20);
    Canvas canvas = new Canvas(200, 40, Ink.WHITE);
    lettering.left(canvas, "Hello", 10, 20, Ink.BLACK);
    var image = canvas.image();
    int first = 200;
    int last = 0;
    for (int i = 0; i < 200 * 40; i++) {
      if ((image.rgb()[3 * i] & 0xFF) < 100) {
        first = Math.min(first, i % 200);
        last = Math.max(last, i % 200);
      }
    }
    // ink may begin and end within a pixel of its box, and is cut off at 40 of 255
    assertThat((double) first).isBetween(9.0, 12.0);
    assertThat(last + 1.0)
        .isBetween(10 + lettering.width("Hello") - 2, 10 + lettering.width("Hello") + 1);
  }
}
