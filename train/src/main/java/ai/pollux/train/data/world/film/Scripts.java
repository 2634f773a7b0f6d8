package ai.pollux.train.data.world.film;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What happens in films, and what is asked about it. */
final class Scripts {
  private static final List<String> WAYS = List.of("left", "right", "up", "down");

  private Scripts() {}

  /** A film with its questions. */
  record Shot(Reel reel, List<Quiz.Item> items) {}

  private record Move(Actor actor, int way, int across, int radius, int step, int frames) {}

  static Shot direction(Draw draw) {
    Move move =
        draw.fresh(
            () ->
                new Move(
                    Reel.cast(draw, 1).getFirst(),
                    draw.below(4),
                    draw.between(10, Reel.SIDE - 10),
                    draw.between(5, 8),
                    draw.between(4, 7),
                    draw.between(4, 6)),
            Move::toString);
    Reel reel = new Reel(draw, move.frames);
    double room = Reel.SIDE - 2.0 * move.radius;
    double step = Math.min(move.step, room / (move.frames - 1));
    double length = step * (move.frames - 1);
    double start = move.radius + draw.uniform(0, room - length);
    for (int i = 0; i < move.frames; i++) {
      double along = start + step * (move.way % 2 == 0 ? move.frames - 1 - i : i);
      boolean across = move.way < 2;
      reel.show(
          i, move.actor, across ? along : move.across, across ? move.across : along, move.radius);
    }
    String way = WAYS.get(move.way);
    String name = draw.chance(0.5) ? move.actor.shape().word() : move.actor.words();
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        Quiz.choice(
            draw.of(
                    "Which way does the %s move?",
                    "In which direction does the %s go?",
                    "Does the %s move left, right, up or down?")
                .formatted(name),
            way,
            WAYS,
            "The %s moves %s.".formatted(name, way)));
    if (draw.chance(0.5)) {
      items.add(what(draw, move.actor));
    }
    return new Shot(reel, items);
  }

  private static Quiz.Item what(Draw draw, Actor actor) {
    return draw.chance(0.5)
        ? Quiz.choice(
            "What color is the thing that moves?",
            actor.ink().name(),
            Ink.names(),
            "It is %s.".formatted(actor.ink().name()))
        : Quiz.choice(
            "Which shape moves?",
            actor.shape().word(),
            Shape.words(),
            "It is %s.".formatted(Wording.a(actor.shape().word())));
  }

  private record Race(List<Actor> cast, int fast, int slow, boolean firstWins, boolean leftward) {}

  static Shot speed(Draw draw) {
    Race race =
        draw.fresh(
            () ->
                new Race(
                    Reel.cast(draw, 2),
                    draw.between(6, 8),
                    draw.between(1, 3),
                    draw.chance(0.5),
                    draw.chance(0.5)),
            Race::toString);
    Reel reel = new Reel(draw, 5);
    for (int a = 0; a < 2; a++) {
      int step = (a == 0) == race.firstWins ? race.fast : race.slow;
      for (int i = 0; i < reel.count(); i++) {
        double x = 7 + step * i;
        reel.show(i, race.cast.get(a), race.leftward ? Reel.SIDE - x : x, a == 0 ? 13 : 35, 6);
      }
    }
    boolean fast = draw.chance(0.6);
    List<String> names = race.cast.stream().map(actor -> actor.ink().name()).toList();
    String best = names.get(race.firstWins == fast ? 0 : 1);
    List<String> order = draw.shuffled(names);
    String word = fast ? "faster" : "slower";
    return new Shot(
        reel,
        List.of(
            Quiz.choice(
                "Which is %s, the %s or the %s one?".formatted(word, order.get(0), order.get(1)),
                best,
                names,
                "The %s one is %s.".formatted(best, word)),
            Quiz.choice(
                "Do they move left or right?",
                race.leftward ? "left" : "right",
                List.of("left", "right"),
                "They move %s.".formatted(race.leftward ? "left" : "right"))));
  }

  private record Entry(List<Actor> cast, List<Integer> places) {}

  /** One after the other appears, or goes. */
  static Shot events(Draw draw) {
    int count = draw.between(2, 3);
    Entry entry =
        draw.fresh(
            () -> new Entry(Reel.cast(draw, count), draw.some(List.of(0, 1, 2, 3), count)),
            Entry::toString);
    boolean comes = draw.chance(0.6);
    Reel reel = new Reel(draw, 2 * count);
    for (int a = 0; a < count; a++) {
      int place = entry.places.get(a);
      for (int i = 0; i < reel.count(); i++) {
        if (comes ? i >= 2 * a : a == count - 1 || i <= 2 * a) {
          reel.show(i, entry.cast.get(a), 13 + 22 * (place % 2), 13 + 22 * (place / 2), 8);
        }
      }
    }
    String verb = comes ? "appears" : "disappears";
    boolean first = draw.chance(0.5) || !comes;
    Actor asked = first ? entry.cast.getFirst() : entry.cast.getLast();
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        Quiz.choice(
            "Which shape %s %s?".formatted(verb, first ? "first" : "last"),
            asked.shape().word(),
            Shape.words(),
            "The %s %s %s.".formatted(asked.words(), verb, first ? "first" : "last")));
    items.add(
        comes && draw.chance(0.6)
            ? new Quiz.Item(
                "In which order do the colors appear?",
                new Answer.Exact(
                    entry.cast.stream()
                        .map(actor -> actor.ink().name())
                        .collect(Collectors.joining(", "))),
                "")
            : Quiz.number(
                comes
                    ? "How many shapes are there at the end?"
                    : "How many shapes are there at the beginning?",
                count,
                "There are %s.".formatted(Wording.count(count, "shape"))));
    if (comes ? draw.chance(0.1) : draw.chance(0.7)) {
      boolean goes = !comes && draw.chance(0.6);
      Actor actor = entry.cast.get(goes ? draw.below(count - 1) : count - 1);
      items.add(
          Quiz.yesNo(
              "Does the %s disappear?".formatted(actor.words()), goes, "it does.", "it stays."));
    }
    return new Shot(reel, items);
  }

  private record Bounce(Actor actor, boolean bounces, boolean upright, boolean start, int across) {}

  static Shot bounce(Draw draw) {
    Bounce bounce =
        draw.fresh(
            () ->
                new Bounce(
                    Reel.cast(draw, 1).getFirst(),
                    draw.chance(0.5),
                    draw.chance(0.5),
                    draw.chance(0.5),
                    draw.between(10, 38)),
            Bounce::toString);
    Reel reel = new Reel(draw, 6);
    int wall = draw.between(2, 3);
    for (int i = 0; i < 6; i++) {
      double reach = bounce.bounces ? 8 * (i <= wall ? wall - i : i - wall) : 6.5 * (5 - i);
      double along = bounce.start ? 7 + reach : Reel.SIDE - 7 - reach;
      reel.show(
          i,
          bounce.actor,
          bounce.upright ? bounce.across : along,
          bounce.upright ? along : bounce.across,
          6);
    }
    String name = bounce.actor.shape().word();
    return new Shot(
        reel,
        List.of(
            Quiz.yesNo(
                draw.of("Does the %s bounce back?", "Does the %s turn around?").formatted(name),
                bounce.bounces,
                "it turns around.",
                "it keeps its direction."),
            what(draw, bounce.actor)));
  }

  private record Change(Actor actor, Ink after, int kind, int x, int y) {}

  /** It grows, shrinks, or takes another colour. */
  static Shot change(Draw draw) {
    Change change =
        draw.fresh(
            () -> {
              Actor actor = Reel.cast(draw, 1).getFirst();
              Ink after =
                  draw.until(() -> draw.one(Ink.BRIGHT), ink -> !ink.equals(actor.ink()), 100);
              return new Change(
                  actor, after, draw.below(3), draw.between(18, 30), draw.between(18, 30));
            },
            Change::toString);
    Reel reel = new Reel(draw, draw.between(4, 5));
    int turn = draw.between(1, reel.count() - 2);
    for (int i = 0; i < reel.count(); i++) {
      double grown = 5 + 11.0 * i / (reel.count() - 1);
      double radius = change.kind == 0 ? grown : change.kind == 1 ? 21 - grown : 10;
      boolean other = change.kind == 2 && i > turn;
      reel.show(
          i,
          other ? new Actor(change.actor.shape(), change.after) : change.actor,
          change.x,
          change.y,
          radius);
    }
    String name = change.actor.shape().word();
    List<String> words = List.of("size", "color");
    Quiz.Item what =
        Quiz.choice(
            "What changes, the size or the color?", change.kind == 2 ? "color" : "size", words, "");
    Quiz.Item how =
        change.kind == 2
            ? Quiz.choice(
                "Which color does the %s turn?".formatted(name),
                change.after.name(),
                Ink.names(),
                "It turns %s.".formatted(change.after.name()))
            : Quiz.choice(
                "Does the %s grow or shrink?".formatted(name),
                change.kind == 0 ? "grow" : "shrink",
                List.of("grow", "shrink"),
                change.kind == 0 ? "It does grow." : "It does shrink.");
    return new Shot(reel, draw.chance(0.5) ? List.of(how) : List.of(what, how));
  }
}
