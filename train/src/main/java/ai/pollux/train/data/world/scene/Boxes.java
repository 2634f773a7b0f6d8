package ai.pollux.train.data.world.scene;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three gray boxes with figures: towers of one to four blocks, or figures of three sizes anywhere.
 * Sizes and colours are those of the pictures of NLVR (Suhr et al., 2017), 400 x 100 pixels, which
 * Gemma's processor makes 192 x 48.
 *
 * @param boxes the items of each box; those of a tower from the base up
 */
record Boxes(boolean areTowers, List<List<BoxItem>> boxes) {
  static final List<Ink> INKS =
      List.of(Ink.BLACK, new Ink("blue", 0x0099FF), new Ink("yellow", 0xFFFF00));
  static final List<Shape> SHAPES = List.of(Shape.CIRCLE, Shape.SQUARE, Shape.TRIANGLE);

  private static final int BLOCK = 20;
  private static final int STEP = 150; // from box to box
  private static final int TRIES = 40;
  private static final int CLEAR = 4; // what does not touch is so far off

  /** Any boxes. */
  static Boxes of(Draw draw, boolean towers) {
    List<List<BoxItem>> boxes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boxes.add(towers ? tower(draw) : scattered(draw));
    }
    return new Boxes(towers, List.copyOf(boxes));
  }

  private static List<BoxItem> tower(Draw draw) {
    List<BoxItem> blocks = new ArrayList<>();
    int height = draw.between(1, 4);
    for (int i = 0; i < height; i++) {
      blocks.add(
          new BoxItem(
              Shape.SQUARE, draw.one(INKS), BLOCK, 40, BoxItem.SIDE - BLOCK - i * (BLOCK + 1)));
    }
    return List.copyOf(blocks);
  }

  private static List<BoxItem> scattered(Draw draw) {
    List<BoxItem> items = new ArrayList<>();
    int count = draw.chance(0.75) ? draw.between(1, 5) : draw.between(5, 8);
    for (int i = 0; i < TRIES && items.size() < count; i++) {
      int size = draw.of(10, 20, 30);
      double edge = draw.uniform(0, 1);
      int most = BoxItem.SIDE - size;
      int x = draw.between(CLEAR, most - CLEAR);
      int y = draw.between(CLEAR, most - CLEAR);
      x = edge < 0.16 ? most : edge > 0.94 ? 0 : x;
      y = draw.chance(0.2) ? most : draw.chance(0.05) ? 0 : y;
      BoxItem item = new BoxItem(draw.one(SHAPES), draw.one(INKS), size, x, y);
      if (items.stream().allMatch(other -> item.isApart(other, 1))) {
        items.add(item);
      }
    }
    return List.copyOf(items);
  }

  Stream<BoxItem> items() {
    return boxes.stream().flatMap(List::stream);
  }

  int count(Predicate<BoxItem> kind) {
    return (int) items().filter(kind).count();
  }

  int boxes(Predicate<List<BoxItem>> kind) {
    return (int) boxes.stream().filter(kind).count();
  }

  /** The item of a box that is highest. */
  static BoxItem top(List<BoxItem> box) {
    return box.stream().min(Comparator.comparingInt(BoxItem::y)).orElseThrow();
  }

  /** Whether no other item is nearly as high as the highest. */
  static boolean hasClearTop(List<BoxItem> box) {
    BoxItem top = top(box);
    return box.stream().allMatch(item -> item.equals(top) || item.y() - top.y() >= 6);
  }

  String content() {
    return boxes.stream()
        .map(box -> box.stream().map(BoxItem::content).sorted().collect(Collectors.joining(";")))
        .collect(Collectors.joining("|"));
  }

  RgbImage image() {
    Canvas canvas = new Canvas(400, 100, Ink.gray(128));
    for (int i = 0; i < boxes.size(); i++) {
      int left = i * STEP;
      canvas.fill(left, 0, BoxItem.SIDE, BoxItem.SIDE, Ink.gray(211));
      boxes.get(i).forEach(item -> item.draw(canvas, left));
    }
    return canvas.image();
  }
}
