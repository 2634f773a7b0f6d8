package ai.pollux.train.data.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Endless problems. Problem i of a task and a split is a function of the seed and of nothing else:
 * the same on every machine, in any order. May be used by many threads.
 *
 * @param seed another one gives other problems; the splits stay disjoint over all seeds
 * @param tasks with their shares
 */
public record World(long seed, List<Share> tasks) {
  /**
   * A task's share.
   *
   * @param weight of the mixture, in comparison to the others
   */
  public record Share(Task task, double weight) {
    /** Refuses what is no share. */
    public Share {
      if (!(weight > 0) || !Double.isFinite(weight)) {
        throw new IllegalArgumentException(
            "%s: expected a weight above 0, found %s. Leave the task out instead."
                .formatted(task.name(), weight));
      }
    }
  }

  /** Copies the list; refuses two tasks of one name. */
  public World {
    tasks = List.copyOf(tasks);
    List<String> names = new ArrayList<>();
    for (Share share : tasks) {
      if (names.contains(share.task().name())) {
        throw new IllegalArgumentException("two tasks are called " + share.task().name());
      }
      names.add(share.task().name());
    }
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("a world without tasks has no problems");
    }
  }

  /** The names of the tasks, in order. */
  public List<String> names() {
    return tasks.stream().map(share -> share.task().name()).toList();
  }

  /** The task of a name, if there is one. */
  public Optional<Task> task(String name) {
    return tasks.stream().map(Share::task).filter(task -> task.name().equals(name)).findFirst();
  }

  /** Problem i of the mixture: its task is drawn by weight. */
  public Problem problem(Split split, long i) {
    SplittableRandom random = random(split, "", i);
    double left = random.nextDouble() * tasks.stream().mapToDouble(Share::weight).sum();
    for (Share share : tasks) {
      left -= share.weight();
      if (left < 0) {
        return problem(split, share.task(), i);
      }
    }
    return problem(split, tasks.getLast().task(), i);
  }

  /** Problem i of one task. */
  public Problem problem(Split split, Task task, long i) {
    return task.pose(new Draw(random(split, task.name(), i), split));
  }

  private SplittableRandom random(Split split, String name, long i) {
    long state = Split.mix(seed ^ Split.hash(name + "/" + split));
    return new SplittableRandom(Split.mix(state + i));
  }
}
