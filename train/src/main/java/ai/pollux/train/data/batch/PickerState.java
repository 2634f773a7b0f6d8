package ai.pollux.train.data.batch;

import ai.pollux.content.Json;
import java.util.Arrays;
import java.util.List;

/** Counts of each source, as of the beginning of a round, and what the round brought since. */
final class PickerState {
  private final long[] taken; // samples, in the whole run
  private final long[] tokens; // in the whole run
  private final long[] stageSamples;
  private final long[] stageTokens;
  private final long[] roundTokens;
  private int consumed; // picks of the round
  private int stage;

  PickerState(int sources) {
    this(
        new long[sources],
        new long[sources],
        new long[sources],
        new long[sources],
        new long[sources],
        0,
        0);
  }

  private PickerState(
      long[] taken,
      long[] tokens,
      long[] stageSamples,
      long[] stageTokens,
      long[] roundTokens,
      int consumed,
      int stage) {
    this.taken = taken;
    this.tokens = tokens;
    this.stageSamples = stageSamples;
    this.stageTokens = stageTokens;
    this.roundTokens = roundTokens;
    this.consumed = consumed;
    this.stage = stage;
  }

  PickerState copy() {
    return new PickerState(
        taken.clone(),
        tokens.clone(),
        stageSamples.clone(),
        stageTokens.clone(),
        roundTokens.clone(),
        consumed,
        stage);
  }

  int sources() {
    return taken.length;
  }

  int consumed() {
    return consumed;
  }

  int stage() {
    return stage;
  }

  long taken(int source) {
    return taken[source];
  }

  long stageSamples(int source) {
    return stageSamples[source];
  }

  long stageTokens(int source) {
    return stageTokens[source];
  }

  /** Tokens of a sample, on average so far: of the source, else of all, else as given. */
  double mean(int source, double unknown) {
    if (taken[source] > 0) {
      return (double) tokens[source] / taken[source];
    }
    long all = Arrays.stream(taken).sum();
    return all > 0 ? (double) Arrays.stream(tokens).sum() / all : unknown;
  }

  void consume(int source, long count) {
    roundTokens[source] += count;
    consumed++;
  }

  void took(int source) {
    taken[source]++;
    stageSamples[source]++;
  }

  void endRound() {
    for (int s = 0; s < taken.length; s++) {
      tokens[s] += roundTokens[s];
      stageTokens[s] += roundTokens[s];
      roundTokens[s] = 0;
    }
    consumed = 0;
  }

  void enter(int next) {
    stage = next;
    Arrays.fill(stageSamples, 0);
    Arrays.fill(stageTokens, 0);
  }

  Json.Obj json() {
    return Json.object(
        "stage", Json.of((long) stage),
        "consumed", Json.of((long) consumed),
        "taken", array(taken),
        "tokens", array(tokens),
        "stageSamples", array(stageSamples),
        "stageTokens", array(stageTokens),
        "roundTokens", array(roundTokens));
  }

  static PickerState of(StateFields fields) {
    PickerState state =
        new PickerState(
            fields.numbers("taken"),
            fields.numbers("tokens"),
            fields.numbers("stageSamples"),
            fields.numbers("stageTokens"),
            fields.numbers("roundTokens"),
            (int) fields.number("consumed"),
            (int) fields.number("stage"));
    int sources = state.taken.length;
    for (long[] each :
        List.of(state.tokens, state.stageSamples, state.stageTokens, state.roundTokens)) {
      if (each.length != sources) {
        throw fields.wrong("picker", "%d numbers in each list".formatted(sources));
      }
    }
    return state;
  }

  private static Json.Arr array(long[] values) {
    return new Json.Arr(Arrays.stream(values).<Json>mapToObj(Json::of).toList());
  }
}
