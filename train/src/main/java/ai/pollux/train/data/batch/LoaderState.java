package ai.pollux.train.data.batch;

import ai.pollux.content.Json;
import ai.pollux.train.data.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run is in its data: enough to go on with exactly the next step. A few kilobytes; {@link
 * #json} and {@link #parse} keep it beside a checkpoint.
 *
 * @param run what the run was made of: it must be the same to go on
 * @param steps steps so far
 * @param stageSteps steps of the stage so far
 * @param stageTokens likewise
 * @param picker what was taken of each source
 * @param waiting sequences that were read and not yet in a step, oldest first
 */
public record LoaderState(
    String run,
    long steps,
    long stageSteps,
    long stageTokens,
    PickerState picker,
    List<Waiting> waiting) {
  /** Copies the list. */
  public LoaderState {
    waiting = List.copyOf(waiting);
  }

  /**
   * A sequence, by where it comes from.
   *
   * @param source its place in the list of sources
   * @param number how many samples the source gave before
   * @param piece of the sample
   */
  record Waiting(int source, long number, int piece) {}

  /** As JSON. */
  public Json.Obj json() {
    List<Json> numbers = new ArrayList<>();
    for (Waiting each : waiting) {
      numbers.add(Json.of((long) each.source()));
      numbers.add(Json.of(each.number()));
      numbers.add(Json.of((long) each.piece()));
    }
    return Json.object(
        "run", Json.of(run),
        "steps", Json.of(steps),
        "stageSteps", Json.of(stageSteps),
        "stageTokens", Json.of(stageTokens),
        "picker", picker.json(),
        "waiting", new Json.Arr(numbers));
  }

  /**
   * From JSON.
   *
   * @throws DataException where it is no such state
   */
  public static LoaderState parse(String text) {
    Json json;
    try {
      json = Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "Saved state of the data: %s Take the state of another checkpoint."
              .formatted(e.getMessage()),
          e);
    }
    StateFields fields = new StateFields(json instanceof Json.Obj object ? object : Json.Obj.EMPTY);
    long[] numbers = fields.numbers("waiting");
    if (numbers.length % 3 != 0) {
      throw fields.wrong("waiting", "three numbers for each sequence");
    }
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < numbers.length; i += 3) {
      waiting.add(new Waiting((int) numbers[i], numbers[i + 1], (int) numbers[i + 2]));
    }
    return new LoaderState(
        fields.string("run"),
        fields.number("steps"),
        fields.number("stageSteps"),
        fields.number("stageTokens"),
        PickerState.of(fields.inside("picker")),
        waiting);
  }
}
