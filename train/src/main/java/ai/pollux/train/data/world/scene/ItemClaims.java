package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wording;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Claims about scattered items. */
final class ItemClaims {
  private final Draw draw;

  ItemClaims(Draw draw) {
    this.draw = draw;
  }

  Claim any() {
    return switch (draw.below(14)) {
      case 0, 1, 2 -> items(ItemKind.placed(draw, ItemKind.sized(draw)));
      case 3 -> items(ItemKind.sized(draw));
      case 4, 5, 6 -> boxWith();
      case 7, 8 -> boxColors();
      case 9 -> exactly();
      case 10 -> onTop();
      case 11 -> each();
      case 12 -> walls();
      default -> draw.chance(0.5) ? sameBox() : above();
    };
  }

  private Claim items(ItemKind kind) {
    Quantity quantity = Quantity.draw(draw, 4);
    return new Claim(
        quantity.there() + " " + quantity.of(kind.words()),
        boxes -> quantity.holds(boxes.count(kind.test())),
        boxes -> quantity.isClear(boxes.count(kind.test())));
  }

  private String box() {
    return draw.of("box", "box", "box", "grey box", "grey square");
  }

  /** A number of boxes in which something is so. */
  private Claim boxes(
      String what, Predicate<List<BoxItem>> holds, Predicate<List<BoxItem>> isClear) {
    Quantity quantity =
        draw.chance(0.6) ? new Quantity("a", 1, 3, 3, false) : Quantity.draw(draw, 2);
    String verb = draw.of("with ", "with ", "with ", "that has ", "which contains ", "containing ");
    String verbs =
        quantity.isPlural() ? verb.replace("has", "have").replace("contains", "contain") : verb;
    return new Claim(
        quantity.there() + " " + quantity.of(box()) + " " + verbs + what,
        boxes -> quantity.holds(boxes.boxes(holds)),
        boxes -> quantity.isClear(boxes.boxes(holds)) && boxes.boxes().stream().allMatch(isClear));
  }

  private Claim boxWith() {
    ItemKind a = ItemKind.sized(draw);
    Quantity first = Quantity.inner(draw, 4);
    if (draw.chance(0.4)) {
      return boxes(
          first.of(a.words()), box -> first.holds(a.in(box)), box -> first.isClear(a.in(box)));
    }
    ItemKind b =
        draw.until(() -> ItemKind.sized(draw), kind -> !kind.words().equals(a.words()), 50);
    Quantity second = Quantity.inner(draw, 3);
    return boxes(
        first.of(a.words()) + " and " + second.of(b.words()),
        box -> first.holds(a.in(box)) && second.holds(b.in(box)),
        box -> first.isClear(a.in(box)) && second.isClear(b.in(box)));
  }

  private static List<String> colors(List<BoxItem> box) {
    return box.stream().map(item -> item.ink().name()).distinct().sorted().toList();
  }

  private Claim boxColors() {
    String things = draw.of("items", "objects", "items");
    List<String> two = draw.some(ItemKind.COLORS, 2);
    String pair = two.get(0) + " and " + two.get(1);
    List<String> sorted = two.stream().sorted().toList();
    return switch (draw.below(5)) {
      case 0 -> boxes(things + " of only one color", box -> colors(box).size() == 1, _ -> true);
      case 1 ->
          boxes(
              draw.of(
                  things + " of all 3 colors",
                  things + " of all 3 different colors",
                  "all 3 colors",
                  things + " of three different colors"),
              box -> colors(box).size() == 3,
              _ -> true);
      case 2 ->
          boxes(
              things + " of " + Quantity.number(draw, 2) + " different colors",
              box -> colors(box).size() == 2,
              box -> colors(box).size() <= 2);
      case 3 ->
          boxes(
              draw.of("only " + pair + " " + things, things + " of only " + pair + " color"),
              box -> colors(box).equals(sorted),
              box -> colors(box).size() > 1 || !sorted.containsAll(colors(box)));
      default -> {
        String color = draw.one(ItemKind.COLORS);
        yield boxes(
            "only " + color + " " + things, box -> colors(box).equals(List.of(color)), _ -> true);
      }
    };
  }

  private Claim exactly() {
    int n = draw.between(1, 7);
    String things =
        (draw.chance(0.5) ? "exactly " : "")
            + Quantity.number(draw, n)
            + (n == 1 ? " object" : draw.of(" objects", " items"));
    return draw.chance(0.5)
        ? new Claim(
            draw.of(
                    "One of the grey boxes has ",
                    "One of the grey squares contains ",
                    "One box has ")
                + things,
            boxes -> boxes.boxes(box -> box.size() == n) > 0)
        : boxes(things, box -> box.size() == n, _ -> true);
  }

  private Claim onTop() {
    String color = draw.one(ItemKind.COLORS);
    int n = draw.between(2, 5);
    boolean counted = draw.chance(0.6);
    Predicate<List<BoxItem>> top = box -> ItemKind.colored(color).test(Boxes.top(box));
    Predicate<List<BoxItem>> sized = box -> !counted || box.size() == n;
    String what =
        counted
            ? Quantity.number(draw, n)
                + " items and "
                + draw.of("a %s item on top", "a %s one on top", "the %s one is on top")
                    .formatted(color)
            : Wording.a(color) + " item on top";
    return boxes(
        what, sized.and(top), box -> Boxes.hasClearTop(box) && (counted || box.size() > 1));
  }

  private Claim each() {
    ItemKind kind =
        draw.chance(0.3)
            ? ItemKind.placed(draw, ItemKind.plain(draw, false))
            : ItemKind.plain(draw, false);
    int n = draw.chance(0.75) ? 1 : 2;
    Quantity least =
        new Quantity(draw.of("at least ", "atleast ") + Quantity.number(draw, n), n, 99, 99, n > 1);
    String things = least.of(kind.words());
    return new Claim(
        draw.of(
                "Each box has %s",
                "Each grey box contains %s",
                "%s in each box",
                "All boxes have %s",
                "Every box contains %s")
            .replace("%s in each", least.there() + " %s in each")
            .formatted(things),
        boxes -> boxes.boxes(box -> kind.in(box) >= n) == 3);
  }

  private Claim walls() {
    if (draw.chance(0.5)) {
      boolean all = draw.chance(0.5);
      return new Claim(
          all
              ? "All 3 different colors are touching the " + draw.of("wall", "edge")
              : draw.of(
                  "There is only one color touching the wall",
                  "Only one color is touching the edge"),
          boxes -> atWall(boxes).distinct().count() == (all ? 3 : 1));
    }
    ItemKind kind = ItemKind.plain(draw, false);
    boolean none = draw.chance(0.5);
    String many = Wording.plural(kind.words());
    return new Claim(
        (none ? "None of the " : "All ")
            + many
            + " are touching "
            + draw.of("an edge", "the edge", "the wall"),
        boxes -> boxes.items().filter(kind.test()).allMatch(item -> item.isAtEdge() != none),
        boxes -> boxes.count(kind.test()) > 1);
  }

  private static Stream<String> atWall(Boxes boxes) {
    return boxes.items().filter(BoxItem::isAtEdge).map(item -> item.ink().name());
  }

  private Claim sameBox() {
    ItemKind kind = ItemKind.plain(draw, false);
    return new Claim(
        "All " + Wording.plural(kind.words()) + " are in the same box",
        boxes -> boxes.boxes(box -> kind.in(box) > 0) == 1,
        boxes -> boxes.count(kind.test()) > 1);
  }

  private Claim above() {
    ItemKind a = ItemKind.plain(draw, false);
    ItemKind b = ItemKind.plain(draw, false);
    boolean up = draw.chance(0.7);
    return new Claim(
        "There is "
            + draw.of(Wording.a(a.words()), "at least one " + a.words())
            + (up ? " above " : " below ")
            + Wording.a(b.words()),
        boxes -> boxes.boxes(box -> pairs(box, a, b, up, 12) > 0) > 0,
        boxes ->
            boxes.boxes(box -> pairs(box, a, b, up, 12) > 0) > 0
                || boxes.boxes(box -> pairs(box, a, b, up, 0) > 0) == 0);
  }

  private static long pairs(List<BoxItem> box, ItemKind a, ItemKind b, boolean up, int gap) {
    return box.stream()
        .filter(a.test())
        .filter(item ->
            box.stream()
                .filter(b.test())
                .anyMatch(other -> !other.equals(item) && middle(other, item, up) > gap))
        .count();
  }

  private static double middle(BoxItem other, BoxItem item, boolean up) {
    double gap = other.y() + other.size() / 2.0 - item.y() - item.size() / 2.0;
    return up ? gap : -gap;
  }
}
