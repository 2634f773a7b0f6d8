package ai.pollux.train.data.world.standard;

import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Problems a second on one core, by the thread's own time: no test, run by its name ({@code
 * -Dtest=WorldSpeed}). The limit is what training takes: a few hundred a second.
 */
final class WorldSpeed {
  private static final int WARM = 400;
  private static final int MEASURED = 800;

  @Test
  void problemsASecond() {
    World world = StandardWorld.of(1, TestSources.small());
    StringBuilder table = new StringBuilder();
    for (String name : world.names()) {
      Task task = world.task(name).orElseThrow();
      pose(world, task, WARM);
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      int questions = pose(world, task, MEASURED);
      double seconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
      table.append(
          "%-18s %9.0f problems/s %9.0f answers/s%n"
              .formatted(name, MEASURED / seconds, questions / seconds));
    }
    System.out.println(table);
  }

  private static int pose(World world, Task task, int count) {
    int questions = 0;
    for (int i = 0; i < count; i++) {
      questions += world.problem(Split.TRAIN, task, i).exchanges().size();
    }
    return questions;
  }
}
