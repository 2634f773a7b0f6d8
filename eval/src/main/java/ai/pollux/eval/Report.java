package ai.pollux.eval;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run of a benchmark gave.
 *
 * @param tasks by name
 * @param mistakes in the order of the questions
 */
public record Report(
    String benchmark, String model, List<TaskScore> tasks, List<Mistake> mistakes, double seconds) {
  /** Copies the lists. */
  public Report {
    tasks = List.copyOf(tasks);
    mistakes = List.copyOf(mistakes);
  }

  /** As JSON, with shares and intervals; mistakes are counted, not listed. */
  public String json() {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode root = mapper.createObjectNode();
    root.put("benchmark", benchmark).put("model", model).put("seconds", seconds);
    root.set("all", score(mapper, total()));
    ObjectNode list = root.putObject("tasks");
    tasks.forEach(task -> list.set(task.task(), score(mapper, task)));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static ObjectNode score(JsonMapper mapper, TaskScore score) {
    return mapper
        .createObjectNode()
        .put("questions", score.questions())
        .put("right", score.right())
        .put("failed", score.failed())
        .put("accuracy", score.accuracy())
        .put("low", score.low())
        .put("high", score.high());
  }

  /** All tasks together: every question counts the same. */
  public TaskScore total() {
    TaskScore sum = new TaskScore("all", 0, 0, 0);
    for (TaskScore task : tasks) {
      sum = sum.plus(task, "all");
    }
    return sum;
  }
}
