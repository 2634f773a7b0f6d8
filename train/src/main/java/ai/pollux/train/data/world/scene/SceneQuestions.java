package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be asked about one scene. A question that would be ambiguous is not asked. */
final class SceneQuestions {
  /** What is so much nearer to an edge is seen to be. */
  private static final double CLEAR = 9;

  private static final int TRIES = 24;

  private final Draw draw;
  private final Scene scene;

  SceneQuestions(Draw draw, Scene scene) {
    this.draw = draw;
    this.scene = scene;
  }

  /** Different questions. */
  List<Quiz.Item> some(int count) {
    List<Quiz.Item> all = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 20 * count && all.size() < count; i++) {
      any()
          .filter(item -> !asked.contains(item.question()))
          .ifPresent(item -> {
            asked.add(item.question());
            all.add(item);
          });
    }
    return all;
  }

  private Optional<Quiz.Item> any() {
    return switch (draw.below(12)) {
      case 0, 1 -> Optional.of(count());
      case 2 -> Optional.of(isThere());
      case 3 -> color();
      case 4 -> shape();
      case 5 -> size();
      case 6 -> corner();
      case 7, 8 -> relation();
      case 9 -> furthest();
      case 10 -> more();
      default -> scene.things().size() < 2 ? Optional.empty() : Optional.of(variety());
    };
  }

  private Quiz.Item count() {
    Kind kind = draw.chance(0.2) ? new Kind("", "", "") : Kind.draw(draw, scene);
    int count = scene.count(kind::holds);
    return Quiz.number(
        draw.of(
                "How many %s are there?",
                "How many %s do you see?", "Count the %s.", "What is the number of %s?")
            .formatted(kind.many()),
        count,
        "There %s %s.".formatted(Wording.be(count), Wording.count(count, kind.words())));
  }

  private Quiz.Item isThere() {
    boolean wanted = draw.chance(0.5);
    Kind kind =
        draw.until(
            () -> Kind.draw(draw, scene), any -> scene.count(any::holds) > 0 == wanted, TRIES);
    String name = Wording.a(kind.words());
    return Quiz.yesNo(
        draw.of("Is there %s?", "Do you see %s?", "Does the picture show %s?").formatted(name),
        scene.count(kind::holds) > 0,
        "there is %s.".formatted(name),
        "there is no %s.".formatted(kind.words()));
  }

  /** A thing that a kind names alone. */
  private Optional<Thing> only(Predicate<Thing> kind) {
    List<Thing> all = scene.things().stream().filter(kind).toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  private Optional<Quiz.Item> color() {
    Shape shape = draw.one(scene.things()).shape();
    return only(thing -> thing.shape() == shape)
        .map(thing ->
            Quiz.choice(
                draw.of(
                        "What color is the %s?",
                        "Which color does the %s have?", "The %s is of what color?")
                    .formatted(shape.word()),
                thing.ink().name(),
                Ink.names(),
                "The %s is %s.".formatted(shape.word(), thing.ink().name())));
  }

  private Optional<Quiz.Item> shape() {
    String ink = draw.one(scene.things()).ink().name();
    return only(thing -> thing.ink().name().equals(ink))
        .map(thing ->
            Quiz.choice(
                draw.of("What shape is the %s one?", "Which shape is %s?", "What is the %s thing?")
                    .formatted(ink),
                thing.shape().word(),
                Shape.words(),
                "The %s shape is %s.".formatted(ink, Wording.a(thing.shape().word()))));
  }

  private Optional<Quiz.Item> size() {
    Thing thing = draw.one(scene.things());
    return named(thing)
        .map(name ->
            Quiz.choice(
                "Is the %s small or large?".formatted(name),
                thing.size(),
                List.of("small", "large"),
                "The %s is %s.".formatted(name, thing.size())));
  }

  /** How to speak of a thing so that it is clear which is meant. */
  private Optional<String> named(Thing thing) {
    if (scene.count(other -> other.shape() == thing.shape()) == 1 && draw.chance(0.6)) {
      return Optional.of(thing.shape().word());
    }
    boolean alone = scene.count(other -> other.words().equals(thing.words())) == 1;
    return alone ? Optional.of(thing.words()) : Optional.empty();
  }

  private Optional<Quiz.Item> corner() {
    Thing thing = draw.one(scene.things());
    double dx = thing.x() - Scene.SIDE / 2.0;
    double dy = thing.y() - Scene.SIDE / 2.0;
    if (Math.abs(dx) < CLEAR || Math.abs(dy) < CLEAR) {
      return Optional.empty();
    }
    String place = (dy < 0 ? "top " : "bottom ") + (dx < 0 ? "left" : "right");
    return named(thing)
        .map(name ->
            Quiz.choice(
                draw.of(
                        "Where is the %s?",
                        "In which part of the picture is the %s?",
                        "Which corner is the %s nearest to?")
                    .formatted(name),
                place,
                List.of("top left", "top right", "bottom left", "bottom right"),
                "The %s is at the %s.".formatted(name, place)));
  }

  private Optional<Quiz.Item> relation() {
    if (scene.things().size() < 2) {
      return Optional.empty();
    }
    List<Thing> two = draw.some(scene.things(), 2);
    Thing a = two.get(0);
    Thing b = two.get(1);
    boolean across = draw.chance(0.5);
    double gap = across ? b.x() - a.x() : b.y() - a.y();
    if (Math.abs(gap) < CLEAR) {
      return Optional.empty();
    }
    boolean before = draw.chance(0.5);
    String word = across ? (before ? "left of" : "right of") : (before ? "above" : "below");
    return named(a)
        .flatMap(first ->
            named(b)
                .filter(second -> !second.equals(first))
                .map(second -> relation(first, word, second, before == gap > 0)));
  }

  private Quiz.Item relation(String first, String word, String second, boolean holds) {
    String claim = "the %s is %s the %s".formatted(first, word, second);
    return draw.chance(0.3)
        ? Quiz.choice(
            "True or false: " + claim + ".",
            String.valueOf(holds),
            Wording.TRUE_FALSE,
            holds ? "It is true." : "It is false.")
        : Quiz.yesNo(
            "Is the %s %s the %s?".formatted(first, word, second),
            holds,
            claim + ".",
            claim.replace(" is ", " is not ") + ".");
  }

  /** The one furthest to a side. */
  private Optional<Quiz.Item> furthest() {
    boolean across = draw.chance(0.5);
    boolean low = draw.chance(0.5);
    List<Thing> order =
        scene.things().stream()
            .sorted((a, b) -> Double.compare(place(a, across, low), place(b, across, low)))
            .toList();
    if (order.size() < 2
        || place(order.get(1), across, low) - place(order.get(0), across, low) < CLEAR) {
      return Optional.empty();
    }
    String side =
        across
            ? (low ? "furthest to the left" : "furthest to the right")
            : (low ? "highest up" : "lowest down");
    Thing first = order.getFirst();
    boolean color = draw.chance(0.5);
    return Optional.of(
        Quiz.choice(
            "Which %s is %s?".formatted(color ? "color" : "shape", side),
            color ? first.ink().name() : first.shape().word(),
            color ? Ink.names() : Shape.words(),
            "The %s is %s.".formatted(first.words(), side)));
  }

  private static double place(Thing thing, boolean across, boolean low) {
    double place = across ? thing.x() : thing.y();
    return low ? place : -place;
  }

  private Optional<Quiz.Item> more() {
    boolean byInk = draw.chance(0.5);
    Kind a = single(byInk);
    Kind b = single(byInk);
    int left = scene.count(a::holds);
    int right = scene.count(b::holds);
    if (a.equals(b) || left + right == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Quiz.yesNo(
            "Are there more %s than %s?".formatted(a.many(), b.many()),
            left > right,
            "there are %d and %d.".formatted(left, right),
            "there are %d and %d.".formatted(left, right)));
  }

  private Kind single(boolean byInk) {
    Thing thing = draw.one(scene.things());
    return byInk
        ? new Kind("", draw.chance(0.8) ? thing.ink().name() : draw.one(Ink.BRIGHT).name(), "")
        : new Kind(
            "", "", draw.chance(0.8) ? thing.shape().word() : draw.of(Shape.values()).word());
  }

  private Quiz.Item variety() {
    boolean byInk = draw.chance(0.5);
    int kinds =
        (int)
            scene.things().stream()
                .map(thing -> byInk ? thing.ink().name() : thing.shape().word())
                .distinct()
                .count();
    String what = byInk ? "color" : "shape";
    if (draw.chance(0.5)) {
      return Quiz.number(
          "How many different %ss are there?".formatted(what),
          kinds,
          "There %s %s.".formatted(Wording.be(kinds), Wording.count(kinds, what)));
    }
    return Quiz.yesNo(
        byInk ? "Do all shapes have the same color?" : "Are all shapes of the same kind?",
        kinds == 1,
        "they are all the same.",
        "they differ.");
  }
}
