package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is in each of three boxes: towers from the top down, figures from left to right. */
record InventoryTask() implements Task {
  @Override
  public String name() {
    return "picture.inventory";
  }

  @Override
  public Problem pose(Draw draw) {
    boolean towers = draw.chance(0.5);
    Boxes boxes = draw.fresh(() -> Boxes.of(draw, towers), Boxes::content);
    List<String> all = new ArrayList<>();
    for (List<BoxItem> box : boxes.boxes()) {
      Comparator<BoxItem> order =
          Comparator.comparingInt(towers ? BoxItem::y : InventoryTask::middle);
      all.add(
          box.stream()
              .sorted(order.thenComparingInt(BoxItem::y))
              .map(item -> words(item, towers))
              .collect(Collectors.joining(", ")));
    }
    String question =
        towers
            ? draw.of("List the blocks of each tower.", "Which colors are in each tower?")
            : draw.of("List what is in each box.", "What is in the boxes?");
    Quiz.Item item = new Quiz.Item(question, new Answer.Exact(String.join("; ", all)), "");
    return Quiz.of(draw, name(), List.of(new Medium.Picture(boxes.image())), List.of(item));
  }

  private static int middle(BoxItem item) {
    return 2 * item.x() + item.size();
  }

  private static String words(BoxItem item, boolean inTower) {
    return inTower
        ? item.ink().name()
        : "%s %s %s".formatted(item.sizeWord(), item.ink().name(), item.shape().word());
  }
}
