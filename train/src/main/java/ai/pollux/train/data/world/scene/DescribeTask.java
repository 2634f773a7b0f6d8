package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All figures of a scene, row by row: size, colour, shape and place of each. One picture teaches as
 * much as a dozen questions about it.
 */
record DescribeTask() implements Task {
  private static final List<String> ROWS = List.of("top", "middle", "bottom");
  private static final List<String> COLUMNS = List.of("left", "center", "right");

  @Override
  public String name() {
    return "picture.describe";
  }

  @Override
  public Problem pose(Draw draw) {
    int most = draw.of(2, 4, 7);
    Scene scene = draw.fresh(() -> Scene.of(draw, most), Scene::content);
    String all =
        scene.things().stream()
            .sorted(Comparator.comparingInt(DescribeTask::row).thenComparingDouble(Thing::x))
            .map(thing ->
                "%s %s %s %s"
                    .formatted(
                        thing.size(),
                        thing.words(),
                        ROWS.get(row(thing)),
                        COLUMNS.get(third(thing.x()))))
            .collect(Collectors.joining(", "));
    Quiz.Item item =
        new Quiz.Item(
            draw.of(
                "Describe the picture.",
                "What is in the picture?",
                "List all shapes.",
                "What do you see?"),
            new Answer.Exact(all),
            "");
    return Quiz.of(draw, name(), List.<Medium>of(scene.picture(draw)), List.of(item));
  }

  private static int row(Thing thing) {
    return third(thing.y());
  }

  private static int third(double place) {
    return Math.clamp((long) (3 * place / Scene.SIDE), 0, 2);
  }
}
