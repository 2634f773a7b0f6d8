package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import java.util.List;
import java.util.function.Predicate;

/** Items of a kind: in words, and by a test. */
record ItemKind(String words, Predicate<BoxItem> test) {
  static final List<String> COLORS = List.of("black", "blue", "yellow");

  static Predicate<BoxItem> colored(String color) {
    return item -> item.ink().name().equals(color);
  }

  /** Colour and shape, or one of them. */
  static ItemKind plain(Draw draw, boolean towers) {
    String color = draw.chance(0.75) ? draw.one(COLORS) : "";
    boolean shaped = draw.chance(towers ? 0.2 : 0.6);
    String shape = towers ? "square" : draw.one(Boxes.SHAPES).word();
    String noun = shaped ? shape : towers ? "block" : draw.of("item", "object", "item", "shape");
    Predicate<BoxItem> test = color.isEmpty() ? item -> true : colored(color);
    Predicate<BoxItem> both = shaped ? test.and(item -> item.shape().word().equals(shape)) : test;
    return new ItemKind(color.isEmpty() ? noun : color + " " + noun, both);
  }

  /** Of a size once in a while. */
  static ItemKind sized(Draw draw) {
    ItemKind plain = plain(draw, false);
    if (draw.chance(0.85)) {
      return plain;
    }
    int size = draw.of(10, 20, 30);
    String word = size == 10 ? "small" : size == 20 ? "medium" : draw.of("big", "large");
    return new ItemKind(word + " " + plain.words, plain.test.and(item -> item.size() == size));
  }

  /** With a place at a wall. */
  static ItemKind placed(Draw draw, ItemKind kind) {
    String touching = draw.of("touching", "touching", "closely touching");
    return switch (draw.below(5)) {
      case 0 ->
          kind.and(
              touching + draw.of(" the bottom of a box", " the base", " the bottom"),
              BoxItem::isAtBottom);
      case 1 ->
          kind.and(
              touching + draw.of(" a corner", " the corner", " a corner of a box"),
              BoxItem::isInCorner);
      case 2 ->
          kind.and(
              "not touching " + draw.of("any edge", "the edge", "the wall", "any wall"),
              item -> !item.isAtEdge());
      case 3 ->
          kind.and(
              touching + draw.of(" the right wall of a box", " right wall"), BoxItem::isAtRight);
      default ->
          kind.and(
              touching + draw.of(" the wall", " the edge", " an edge", " the side"),
              BoxItem::isAtEdge);
    };
  }

  private ItemKind and(String place, Predicate<BoxItem> holds) {
    return new ItemKind(words + " " + place, test.and(holds));
  }

  int in(List<BoxItem> box) {
    return (int) box.stream().filter(test).count();
  }
}
