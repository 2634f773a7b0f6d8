package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wording;
import java.util.List;
import java.util.function.Predicate;

/** Claims about towers of blocks. */
final class TowerClaims {
  private final Draw draw;

  TowerClaims(Draw draw) {
    this.draw = draw;
  }

  Claim any() {
    return switch (draw.below(16)) {
      case 0, 1, 2 -> ends();
      case 3, 4 -> asEnds();
      case 5 -> height();
      case 6 -> draw.chance(0.5) ? height() : sizedEnd();
      case 7, 8, 9 -> over();
      case 10 -> blocks();
      case 11 -> contains();
      case 12 -> draw.chance(0.5) ? contains() : mixture();
      case 13 -> colors();
      case 14 -> alike();
      default -> theTower();
    };
  }

  private String color() {
    return draw.one(ItemKind.COLORS);
  }

  private static boolean isColored(BoxItem block, String color) {
    return block.ink().name().equals(color);
  }

  private static int count(List<BoxItem> tower, String color) {
    return (int) tower.stream().filter(block -> isColored(block, color)).count();
  }

  /** A number of towers of which something is so. */
  private Claim towers(
      String what, Predicate<List<BoxItem>> holds, Predicate<List<BoxItem>> isClear) {
    Quantity quantity =
        draw.chance(0.45) ? new Quantity("a", 1, 3, 3, false) : Quantity.draw(draw, 2);
    String verb = quantity.isPlural() ? what.replace("which has", "which have") : what;
    return new Claim(
        quantity.there() + " " + quantity.of("tower") + " " + verb,
        boxes -> quantity.holds(boxes.boxes(holds)),
        boxes -> quantity.isClear(boxes.boxes(holds)) && boxes.boxes().stream().allMatch(isClear));
  }

  private String having() {
    return draw.of("with ", "with ", "with ", "having ", "which has ");
  }

  private Claim ends() {
    String color = color();
    boolean top = draw.chance(0.5);
    return towers(
        having()
            + Wording.a(color)
            + " block "
            + (top
                ? draw.of("at the top", "as the top", "on top")
                : draw.of("at the base", "at the bottom", "as the base")),
        tower -> isColored(end(tower, top), color),
        _ -> true);
  }

  private static BoxItem end(List<BoxItem> tower, boolean top) {
    return top ? tower.getLast() : tower.getFirst();
  }

  /** Counts blocks at ends. */
  private Claim asEnds() {
    String color = color();
    boolean top = draw.chance(0.5);
    int least = draw.between(2, 3);
    int kind = draw.below(3);
    Predicate<List<BoxItem>> sized =
        tower -> kind == 0 || (kind == 1 ? tower.size() >= least : tower.size() == least);
    String tail =
        switch (kind) {
          case 0 -> "";
          case 1 -> " with at least " + Quantity.number(draw, least) + " blocks";
          default -> " with exactly " + Quantity.number(draw, least) + " blocks";
        };
    Quantity quantity = Quantity.draw(draw, 2);
    Predicate<List<BoxItem>> holds =
        tower -> sized.test(tower) && isColored(end(tower, top), color);
    return new Claim(
        quantity.there()
            + " "
            + quantity.of(color + " block")
            + " as the "
            + (top ? "top" : "base")
            + " of a tower"
            + tail,
        boxes -> quantity.holds(boxes.boxes(holds)),
        boxes -> quantity.isClear(boxes.boxes(holds)));
  }

  private Claim height() {
    int n = draw.between(1, 4);
    String number = Quantity.number(draw, n);
    String unit = n == 1 ? " block" : " blocks";
    return switch (draw.below(4)) {
      case 0 ->
          towers(having() + "at least " + number + unit, tower -> tower.size() >= n, _ -> true);
      case 1 -> towers(having() + "only " + number + unit, tower -> tower.size() == n, _ -> true);
      case 2 -> towers(having() + number + unit, tower -> tower.size() == n, _ -> true);
      default ->
          towers(having() + "exactly " + number + unit, tower -> tower.size() == n, _ -> true);
    };
  }

  /** One block right over another; where it is only somewhere over it, nothing is claimed. */
  private Claim over() {
    String upper = color();
    String lower = color();
    boolean pair = draw.chance(0.2);
    Predicate<List<BoxItem>> next = tower -> lies(tower, upper, pair ? upper : lower, true);
    Predicate<List<BoxItem>> isClear =
        tower -> next.test(tower) || !lies(tower, upper, pair ? upper : lower, false);
    if (pair) {
      return towers(
          having() + Quantity.number(draw, 2) + " " + upper + " blocks stacked together",
          next,
          isClear.and(tower -> count(tower, upper) <= 2));
    }
    String what =
        draw.chance(0.2)
            ? Wording.a(lower) + " block below " + Wording.a(upper) + " block"
            : Wording.a(upper)
                + " block "
                + draw.of("over", "above", "on", "on top of")
                + " "
                + Wording.a(lower)
                + " block";
    return draw.chance(0.4)
        ? new Claim(
            draw.of("There is ", "There is at least one tower with ") + what,
            boxes -> boxes.boxes(next) > 0,
            boxes -> boxes.boxes().stream().allMatch(isClear))
        : towers(having() + what, next, isClear);
  }

  private static boolean lies(List<BoxItem> tower, String upper, String lower, boolean next) {
    for (int i = 0; i < tower.size(); i++) {
      int last = next ? Math.min(i + 2, tower.size()) : tower.size();
      for (int j = i + 1; j < last; j++) {
        if (isColored(tower.get(i), lower) && isColored(tower.get(j), upper)) {
          return true;
        }
      }
    }
    return false;
  }

  private Claim blocks() {
    ItemKind kind = ItemKind.plain(draw, true);
    Quantity quantity = Quantity.draw(draw, 6);
    ItemKind placed =
        draw.chance(0.3)
            ? new ItemKind(
                kind.words() + " touching the base", kind.test().and(BoxItem::isAtBottom))
            : kind;
    return new Claim(
        quantity.there() + " " + quantity.of(placed.words()),
        boxes -> quantity.holds(boxes.count(placed.test())),
        boxes -> quantity.isClear(boxes.count(placed.test())));
  }

  private Claim contains() {
    String color = color();
    Quantity quantity = Quantity.inner(draw, 3);
    Predicate<List<BoxItem>> holds = tower -> quantity.holds(count(tower, color));
    Predicate<List<BoxItem>> isClear = tower -> quantity.isClear(count(tower, color));
    String what = quantity.of(color + " block");
    if (draw.chance(0.25)) {
      return new Claim(
          draw.of("All 3 towers have ", "All towers contain ", "Each tower has ") + what,
          boxes -> boxes.boxes(holds) == 3,
          boxes -> boxes.boxes().stream().allMatch(isClear));
    }
    return towers(having() + what, holds, isClear);
  }

  private Claim colors() {
    List<String> two = draw.some(ItemKind.COLORS, 2);
    String one = two.getFirst();
    return switch (draw.below(4)) {
      case 0 ->
          towers(
              having() + draw.of("blocks of only one color", "only one color"),
              tower -> kinds(tower) == 1,
              _ -> true);
      case 1 ->
          towers(
              having() + draw.of("blocks of all 3 colors", "all three colors"),
              tower -> kinds(tower) == 3,
              _ -> true);
      case 2 ->
          towers(
              having() + "only " + one + " and " + two.get(1) + " blocks",
              tower ->
                  kinds(tower) == 2 && count(tower, one) + count(tower, two.get(1)) == tower.size(),
              tower -> kinds(tower) > 1 || count(tower, one) + count(tower, two.get(1)) == 0);
      default ->
          new Claim(
              "There is " + Wording.a(one) + " tower",
              boxes -> boxes.boxes(tower -> count(tower, one) == tower.size()) > 0);
    };
  }

  private static long kinds(List<BoxItem> tower) {
    return tower.stream().map(block -> block.ink().name()).distinct().count();
  }

  /** Towers that are as high as each other, or stand on the same colour. */
  private Claim alike() {
    boolean height = draw.chance(0.6);
    String same =
        height ? "the same height" : draw.of("the same base color", "the same color at the base");
    return switch (draw.below(4)) {
      case 0 ->
          new Claim(
              "There are at least two towers with " + same, boxes -> different(boxes, height) < 3);
      case 1 -> new Claim("All towers have " + same, boxes -> different(boxes, height) == 1);
      case 2 ->
          new Claim(
              draw.of("Exactly two towers have ", "There are exactly two towers with ") + same,
              boxes -> different(boxes, height) == 2);
      default ->
          new Claim(
              height
                  ? "All towers have different heights"
                  : "All towers have different base colors",
              boxes -> different(boxes, height) == 3);
    };
  }

  private static long different(Boxes boxes, boolean height) {
    return boxes.boxes().stream()
        .map(tower -> height ? String.valueOf(tower.size()) : tower.getFirst().ink().name())
        .distinct()
        .count();
  }

  /** About the one tower of a height, or a block by its place. */
  private Claim theTower() {
    String color = color();
    int n = draw.between(1, 4);
    if (draw.chance(0.4)) {
      int place = draw.between(2, 3);
      return towers(
          "where the "
              + (place == 2 ? "second" : "third")
              + " block"
              + draw.of(" from the base", " from the bottom")
              + " is "
              + color,
          tower -> tower.size() >= place && isColored(tower.get(place - 1), color),
          _ -> true);
    }
    boolean top = draw.chance(0.5);
    String number = Quantity.number(draw, n);
    return new Claim(
        "The tower with "
            + number
            + (n == 1 ? " block" : " blocks")
            + " has "
            + Wording.a(color)
            + " block at the "
            + (top ? "top" : "base"),
        boxes ->
            boxes.boxes().stream()
                .anyMatch(tower -> tower.size() == n && isColored(end(tower, top), color)),
        boxes -> boxes.boxes(tower -> tower.size() == n) == 1);
  }

  /** {@code a tower with exactly two blocks with a black block at the top}. */
  private Claim sizedEnd() {
    String color = color();
    int n = draw.between(2, 4);
    boolean top = draw.chance(0.6);
    return towers(
        having()
            + draw.of("exactly ", "exactly ", "only ", "")
            + Quantity.number(draw, n)
            + " blocks"
            + draw.of(" with ", " having ", " and ")
            + Wording.a(color)
            + " block at the "
            + (top ? "top" : "base"),
        tower -> tower.size() == n && isColored(end(tower, top), color),
        _ -> true);
  }

  /**
   * {@code a tower with a black block and two blue blocks}; more blocks than that are not clear.
   */
  private Claim mixture() {
    List<String> two = draw.some(ItemKind.COLORS, 2);
    int n = draw.between(1, 2);
    String second =
        n == 1
            ? Wording.a(two.get(1)) + " block"
            : Quantity.number(draw, n) + " " + two.get(1) + " blocks";
    return towers(
        having() + Wording.a(two.getFirst()) + " block and " + second,
        tower -> count(tower, two.getFirst()) >= 1 && count(tower, two.get(1)) >= n,
        tower -> n == 1 || count(tower, two.get(1)) <= n);
  }
}
