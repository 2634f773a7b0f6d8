package ai.pollux.train.data.batch;

import ai.pollux.train.data.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which source gives the next sample: the one that has got least of its share. Picks are
 * planned in rounds of {@value #ROUND}, so that samples can be read ahead: within a round a sample
 * counts as long as its source's were on average before, after it as long as it was. What is picked
 * therefore depends on what was picked before, never on who was faster.
 */
final class Picker {
  static final int ROUND = 64;

  /** Tokens of a sample before any was seen. */
  private static final double UNKNOWN = 256;

  /**
   * A sample to be read.
   *
   * @param source its place in the list of sources
   * @param number how many samples the source gave before it, in all epochs
   */
  record Pick(int source, long number) {}

  private final List<Source> sources;
  private final Mixture mixture;
  private final PickerState state;
  private List<Pick> plan = List.of();

  Picker(List<Source> sources, Mixture mixture, PickerState state) {
    this.sources = sources;
    this.mixture = mixture;
    this.state = state;
    plan();
  }

  /** The picks of this round; those before {@link #consumed} are done. Empty at the end. */
  List<Pick> plan() {
    if (plan.isEmpty()) {
      plan = planned();
    }
    return plan;
  }

  int consumed() {
    return state.consumed();
  }

  /** Where the run is; a copy. */
  PickerState state() {
    return state.copy();
  }

  /** Samples of each source so far, in the whole run. */
  long[] taken() {
    long[] taken = new long[sources.size()];
    for (int s = 0; s < taken.length; s++) {
      taken[s] = state.taken(s);
    }
    plan.subList(0, state.consumed()).forEach(pick -> taken[pick.source()]++);
    return taken;
  }

  /** The next pick of the plan has become so many tokens. */
  void consume(long tokens) {
    Pick pick = plan.get(state.consumed());
    state.consume(pick.source(), tokens);
    if (state.consumed() == plan.size()) {
      fold();
    }
  }

  /** Begins a stage: what is left of the plan is dropped. */
  void enter(int stage) {
    fold();
    state.enter(stage);
    plan = planned();
  }

  private void fold() {
    for (Pick pick : plan.subList(0, state.consumed())) {
      state.took(pick.source());
    }
    state.endRound();
    plan = planned();
  }

  private List<Pick> planned() {
    Stage stage = mixture.stages().get(state.stage());
    long[] picks = new long[sources.size()];
    List<Pick> planned = new ArrayList<>();
    for (int i = 0; i < ROUND; i++) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int s = 0; s < picks.length; s++) {
        Double weight = stage.weights().get(sources.get(s).name());
        if (weight != null && state.taken(s) + picks[s] < most(s)) {
          double used = used(stage, s, picks[s]) / weight;
          if (used < least) {
            least = used;
            best = s;
          }
        }
      }
      if (best < 0) {
        break;
      }
      planned.add(new Pick(best, state.taken(best) + picks[best]++));
    }
    return planned;
  }

  private double used(Stage stage, int source, long picks) {
    return switch (stage.measure()) {
      case SAMPLES -> state.stageSamples(source) + picks;
      case TOKENS -> state.stageTokens(source) + picks * state.mean(source, UNKNOWN);
    };
  }

  private long most(int source) {
    Integer epochs = mixture.mostEpochs().get(sources.get(source).name());
    return epochs == null ? Long.MAX_VALUE : epochs * sources.get(source).size();
  }
}
