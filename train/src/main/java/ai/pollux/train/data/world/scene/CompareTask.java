package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import java.util.ArrayList;
import java.util.List;

/** Two or three pictures, and in which of them something is so. */
record CompareTask() implements Task {
  private static final List<String> ORDINALS = List.of("first", "second", "third");

  @Override
  public String name() {
    return "picture.compare";
  }

  @Override
  public Problem pose(Draw draw) {
    int count = draw.between(2, 3);
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(draw.fresh(() -> Scene.of(draw, 6), Scene::content));
    }
    List<Sample.Piece> shown = new ArrayList<>();
    boolean named = draw.chance(0.5);
    for (int i = 0; i < count; i++) {
      if (named) {
        shown.add(new Sample.Piece.Words("Image " + (i + 1) + ":"));
      }
      Medium picture = scenes.get(i).picture(draw);
      shown.add(new Sample.Piece.Shown(picture));
    }
    List<Quiz.Item> items = new ArrayList<>();
    for (int i = 0; i < 100 && items.size() < 3; i++) {
      Quiz.Item item = draw.chance(0.6) ? most(draw, scenes) : only(draw, scenes);
      if (!item.question().isEmpty()
          && items.stream().noneMatch(other -> other.question().equals(item.question()))) {
        items.add(item);
      }
    }
    if (items.isEmpty()) { // scenes that are alike in all that is asked
      items.add(total(scenes));
    }
    return Quiz.ask(draw, name(), shown, items);
  }

  private static Quiz.Item which(Draw draw, List<Scene> scenes, List<Integer> hits, String what) {
    if (hits.size() != 1) {
      return new Quiz.Item("", ai.pollux.train.data.world.Answer.Numeric.of(0), "");
    }
    List<String> names = ORDINALS.subList(0, scenes.size());
    String word = names.get(hits.getFirst());
    return Quiz.choice(
        draw.of("Which image %s?", "Which of the images %s?", "Which picture %s?").formatted(what),
        word,
        names,
        "The %s image %s.".formatted(word, what));
  }

  private static Quiz.Item most(Draw draw, List<Scene> scenes) {
    Kind kind = draw.chance(0.25) ? new Kind("", "", "") : Kind.draw(draw, draw.one(scenes));
    boolean more = draw.chance(0.6);
    List<Integer> counts = scenes.stream().map(scene -> scene.count(kind::holds)).toList();
    int best =
        more
            ? counts.stream().mapToInt(Integer::intValue).max().orElseThrow()
            : counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    String word = scenes.size() == 2 ? (more ? "more" : "fewer") : more ? "the most" : "the fewest";
    return which(draw, scenes, places(counts, best), "has %s %s".formatted(word, kind.many()));
  }

  private static Quiz.Item only(Draw draw, List<Scene> scenes) {
    Kind kind = Kind.draw(draw, draw.one(scenes));
    List<Integer> has = scenes.stream().map(scene -> scene.count(kind::holds) > 0 ? 1 : 0).toList();
    return which(draw, scenes, places(has, 1), "shows " + Wording.a(kind.words()));
  }

  private static Quiz.Item total(List<Scene> scenes) {
    int all = scenes.stream().mapToInt(scene -> scene.things().size()).sum();
    return Quiz.number(
        "How many shapes are there in all images together?",
        all,
        "There are %s.".formatted(Wording.count(all, "shape")));
  }

  private static List<Integer> places(List<Integer> values, int value) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == value) {
        places.add(i);
      }
    }
    return places;
  }
}
