package ai.pollux.eval;

import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.export.EncodedSample;
import java.util.List;

/**
 * The test split of the world: so many problems of each task that has right answers, task by task
 * in turn. Media are sent as files.
 */
public final class WorldBenchmark implements Benchmark {
  private final World world;
  private final List<Task> tasks;
  private final int perTask;

  /** Tasks whose answers are judged. */
  public WorldBenchmark(World world, int perTask) {
    this.world = world;
    this.perTask = perTask;
    tasks =
        world.tasks().stream()
            .map(World.Share::task)
            .filter(task -> hasJudge(world.problem(Split.TEST, task, 0)))
            .toList();
  }

  private static boolean hasJudge(Problem problem) {
    return problem.exchanges().stream().anyMatch(exchange -> exchange.answer().isJudged());
  }

  @Override
  public String name() {
    return "world";
  }

  @Override
  public int size() {
    return tasks.size() * perTask;
  }

  @Override
  public Question question(int index) {
    Task task = tasks.get(index % tasks.size());
    int number = index / tasks.size();
    Problem problem = world.problem(Split.TEST, task, number);
    EncodedSample sample = EncodedSample.of(problem, exchange(problem, number));
    return new Question(
        task.name() + "-" + number,
        task.name(),
        sample.conversation(),
        sample.answer().text(),
        sample.answer()::isRight);
  }

  /** Each question of a problem has its turn; those that nobody judges are passed over. */
  private static int exchange(Problem problem, int number) {
    int count = problem.exchanges().size();
    for (int i = 0; i < count; i++) {
      int exchange = (number + i) % count;
      if (problem.exchanges().get(exchange).answer().isJudged()) {
        return exchange;
      }
    }
    throw new IllegalStateException(
        problem.task() + ", problem " + number + ": expected an answer that is judged, found none");
  }
}
