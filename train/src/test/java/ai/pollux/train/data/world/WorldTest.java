package ai.pollux.train.data.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WorldTest {
  private record Numbers(String name, int most) implements Task {
    @Override
    public Problem pose(Draw draw) {
      int number = draw.fresh(() -> draw.below(most), String::valueOf);
      return new Problem(name, "", List.of(), List.of(Exchange.of("n", Answer.Numeric.of(number))));
    }
  }

  private static final World WORLD =
      new World(
          3,
          List.of(
              new World.Share(new Numbers("a", 1000), 3),
              new World.Share(new Numbers("b", 1000), 1)));

  private static String answer(Problem problem) {
    return problem.task() + problem.exchanges().getFirst().answer().text();
  }

  @Test
  void problemsAreTheSameInAnyOrder() {
    List<String> forward = new ArrayList<>();
    List<String> backward = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      forward.add(answer(WORLD.problem(Split.TRAIN, i)));
      backward.add(answer(WORLD.problem(Split.TRAIN, 99 - i)));
    }
    assertThat(backward.reversed()).isEqualTo(forward);
    assertThat(forward.stream().distinct().count()).isGreaterThan(80);
  }

  @Test
  void tasksComeByTheirWeight() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      counts.merge(WORLD.problem(Split.TRAIN, i).task(), 1, Integer::sum);
    }
    // 4000 draws of probability 3/4: standard deviation 27, five of them
    assertThat(counts.get("a")).isBetween(3000 - 137, 3000 + 137);
  }

  @Test
  void noContentIsInTwoSplitsWhateverTheSeed() {
    Map<String, Split> seen = new HashMap<>();
    for (long seed = 0; seed < 5; seed++) {
      World world = new World(seed, WORLD.tasks());
      Task task = world.task("a").orElseThrow();
      for (Split split : Split.values()) {
        for (int i = 0; i < 1000; i++) {
          Split other = seen.putIfAbsent(answer(world.problem(split, task, i)), split);
          assertThat(other == null || other == split).isTrue();
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(900);
  }

  @Test
  void aTenthIsForTestingAndATenthForValidation() {
    Map<Split, Integer> counts = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      counts.merge(Split.of("content " + i), 1, Integer::sum);
    }
    // standard deviation of each count: 30; five of them
    assertThat(counts.get(Split.TEST)).isBetween(850, 1150);
    assertThat(counts.get(Split.VALIDATION)).isBetween(850, 1150);
  }

  @Test
  void aTaskWithTooFewContentsSaysSo() {
    Draw draw = new Draw(new SplittableRandom(1), Split.TEST);
    assertThat(Split.of("only one")).isEqualTo(Split.TRAIN);
    assertThatThrownBy(() -> draw.fresh(() -> "only one", text -> text))
        .hasMessage(
            "20000 tries gave no content that belongs to TEST, the last one being \"only one\". Let the task draw from more contents.");
  }

  @Test
  void weightsAndNamesAreChecked() {
    Task task = new Numbers("a", 10);
    assertThatThrownBy(() -> new World.Share(task, 0))
        .hasMessage("a: expected a weight above 0, found 0.0. Leave the task out instead.");
    World.Share share = new World.Share(task, 1);
    assertThatThrownBy(() -> new World(1, List.of(share, share)))
        .hasMessage("two tasks are called a");
    assertThatThrownBy(() -> new World(1, List.of()))
        .hasMessage("a world without tasks has no problems");
  }

  @Test
  void someDrawsWithoutRepeating() {
    Draw draw = new Draw(new SplittableRandom(5), Split.TRAIN);
    List<Integer> all = List.of(1, 2, 3, 4, 5, 6);
    for (int i = 0; i < 100; i++) {
      assertThat(draw.some(all, 4)).doesNotHaveDuplicates().isSubsetOf(all).hasSize(4);
    }
    assertThat(draw.shuffled(all)).containsExactlyInAnyOrderElementsOf(all);
  }
}
