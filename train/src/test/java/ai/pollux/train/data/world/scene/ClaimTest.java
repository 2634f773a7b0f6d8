package ai.pollux.train.data.world.scene;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Claims, read again by a second reader that knows only their words. */
final class ClaimTest {
  private static final String MANY =
      "(an?|no|exactly \\w+|only \\w+|at ?least \\w+|at most \\w+|more than \\w+|\\w+)";
  private static final Pattern ENDS =
      Pattern.compile(
          "There (?:is|are) "
              + MANY
              + " towers? (?:with|having|which ha\\w+) an? (\\w+) block (?:at|as|on) ?(?:the )?(top|base|bottom)");
  private static final Pattern HEIGHT =
      Pattern.compile(
          "There (?:is|are) "
              + MANY
              + " towers? (?:with|having|which ha\\w+) "
              + MANY
              + " blocks?");
  private static final Pattern ITEMS =
      Pattern.compile(
          "There (?:is|are) "
              + MANY
              + " (black|blue|yellow) (item|object|shape|circle|square|triangle)s?( touching the (?:wall|edge|side)| not touching (?:any edge|the edge|the wall|any wall))?");

  private static IntPredicate many(String words) {
    String[] all = words.replace("atleast", "at least").split(" ");
    String last = all[all.length - 1];
    int n =
        last.equals("a") || last.equals("an")
            ? 1
            : last.equals("no")
                ? 0
                : Character.isDigit(last.charAt(0))
                    ? Integer.parseInt(last)
                    : Wording.NUMBERS.indexOf(last);
    assertThat(n).as(words).isNotNegative();
    return switch (all[0]) {
      case "a", "an" -> count -> count >= 1;
      case "at" -> all[1].equals("least") ? count -> count >= n : count -> count <= n;
      case "more" -> count -> count > n;
      default -> count -> count == n;
    };
  }

  private static int towers(Boxes boxes, Predicate<List<BoxItem>> kind) {
    int count = 0;
    for (List<BoxItem> tower : boxes.boxes()) {
      count += kind.test(tower) ? 1 : 0;
    }
    return count;
  }

  private static Boolean read(String text, Boxes boxes) {
    Matcher ends = ENDS.matcher(text);
    if (ends.matches()) {
      return many(ends.group(1))
          .test(
              towers(
                  boxes,
                  tower ->
                      tower
                          .get(ends.group(3).equals("top") ? tower.size() - 1 : 0)
                          .ink()
                          .name()
                          .equals(ends.group(2))));
    }
    Matcher height = HEIGHT.matcher(text);
    if (height.matches()) {
      IntPredicate size = many(height.group(2));
      return many(height.group(1)).test(towers(boxes, tower -> size.test(tower.size())));
    }
    Matcher items = ITEMS.matcher(text);
    if (items.matches()) {
      int count = 0;
      for (List<BoxItem> box : boxes.boxes()) {
        for (BoxItem item : box) {
          boolean edge =
              item.x() == 0
                  || item.y() == 0
                  || item.x() + item.size() == 100
                  || item.y() + item.size() == 100;
          boolean shaped =
              List.of("item", "object", "shape").contains(items.group(3))
                  || item.shape().word().equals(items.group(3));
          boolean placed = items.group(4) == null || edge != items.group(4).startsWith(" not");
          count += item.ink().name().equals(items.group(2)) && shaped && placed ? 1 : 0;
        }
      }
      return many(items.group(1)).test(count);
    }
    return null;
  }

  @Test
  void aSecondReaderAgrees() {
    int read = 0;
    for (int seed = 0; seed < 6000; seed++) {
      Draw draw = new Draw(new SplittableRandom(seed), Split.TRAIN);
      boolean towers = draw.chance(0.5);
      Boxes boxes = Boxes.of(draw, towers);
      Claim claim = towers ? new TowerClaims(draw).any() : new ItemClaims(draw).any();
      Boolean expected = read(claim.text(), boxes);
      if (expected != null && claim.isClear().test(boxes)) {
        read++;
        assertThat(claim.holds().test(boxes))
            .as("%s: %s", claim.text(), boxes.content())
            .isEqualTo(expected);
      }
    }
    assertThat(read).isGreaterThan(600);
  }

  @Test
  void severalFiguresOverlapNeitherEachOtherNorTheWall() {
    for (int seed = 0; seed < 300; seed++) {
      Boxes boxes = Boxes.of(new Draw(new SplittableRandom(seed), Split.TRAIN), seed % 2 == 0);
      for (List<BoxItem> box : boxes.boxes()) {
        assertThat(box).isNotEmpty();
        for (BoxItem item : box) {
          assertThat(item.x()).isBetween(0, 100 - item.size());
          assertThat(item.y()).isBetween(0, 100 - item.size());
          assertThat(box.stream().filter(other -> !other.isApart(item, 1)).count()).isEqualTo(1);
        }
      }
    }
  }

  private static BoxItem block(int ink, int place) {
    return new BoxItem(Shape.SQUARE, Boxes.INKS.get(ink), 20, 40, 80 - 21 * place);
  }

  @Test
  void aBoxHasTheColorsOfItsItems() {
    Boxes boxes =
        new Boxes(
            true,
            List.of(List.of(block(0, 0), block(1, 1)), List.of(block(2, 0)), List.of(block(1, 0))));
    var image = boxes.image();
    assertThat(pixel(image, 50, 90)).isEqualTo(Ink.BLACK.rgb());
    assertThat(pixel(image, 50, 69)).isEqualTo(0x0099FF);
    assertThat(pixel(image, 200, 90)).isEqualTo(0xFFFF00);
    assertThat(pixel(image, 350, 90)).isEqualTo(0x0099FF);
    assertThat(pixel(image, 125, 50)).isEqualTo(0x808080);
    assertThat(pixel(image, 10, 10)).isEqualTo(0xD3D3D3);
  }

  private static int pixel(ai.pollux.content.image.RgbImage image, int x, int y) {
    int i = 3 * (y * image.width() + x);
    return (image.rgb()[i] & 0xFF) << 16
        | (image.rgb()[i + 1] & 0xFF) << 8
        | (image.rgb()[i + 2] & 0xFF);
  }
}
