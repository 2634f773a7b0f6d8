package ai.pollux.train.data.batch;

import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.encode.Encoder;
import ai.pollux.train.data.encode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The steps of a run, one after the other: picks samples by the mixture, reads and encodes them on
 * its threads, packs them. The same sources, mixture, encoder and options give the same steps,
 * however many threads there are, and from any {@link LoadedBatch#next} on.
 *
 * <p>Used by one thread at a time; owned by who made it. The sources stay with who opened them.
 */
public final class Loader implements Iterator<LoadedBatch>, AutoCloseable {
  private final List<Source> sources;
  private final Mixture mixture;
  private final LoaderOptions options;
  private final BadRecords bad;
  private final SampleReader reader;
  private final Picker picker;
  private final Deque<Future<SampleReader.Reading>> ahead = new ArrayDeque<>();
  private final List<Waiter> waiting = new ArrayList<>();
  private final String run;
  private long waitingRows;
  private int stage;
  private long steps;
  private long stageSteps;
  private long stageTokens;
  private boolean isOver;

  private record Waiter(LoaderState.Waiting place, Sequence sequence) {}

  /**
   * A run from its beginning.
   *
   * @param bad where records that cannot be used are counted
   * @throws DataException where the mixture names what is not there
   */
  public Loader(
      Mixture mixture,
      List<Source> sources,
      Encoder encoder,
      LoaderOptions options,
      BadRecords bad) {
    this(mixture, sources, encoder, options, bad, Optional.empty());
  }

  /**
   * A run from a saved state on.
   *
   * @throws DataException where the state was saved by a run of other data or sizes
   */
  public static Loader resume(
      Mixture mixture,
      List<Source> sources,
      Encoder encoder,
      LoaderOptions options,
      BadRecords bad,
      LoaderState state) {
    return new Loader(mixture, sources, encoder, options, bad, Optional.of(state));
  }

  private Loader(
      Mixture mixture,
      List<Source> sources,
      Encoder encoder,
      LoaderOptions options,
      BadRecords bad,
      Optional<LoaderState> saved) {
    mixture.require(sources);
    this.mixture = mixture;
    this.sources = List.copyOf(sources);
    this.options = options;
    this.bad = bad;
    run = RunKey.of(mixture, sources, encoder, options);
    PickerState start =
        saved.map(state -> state.picker().copy()).orElse(new PickerState(sources.size()));
    saved.ifPresent(state -> RunKey.require(run, state.run()));
    picker = new Picker(this.sources, mixture, start);
    stage = start.stage();
    reader = new SampleReader(this.sources, mixture, encoder, options);
    saved.ifPresent(this::restore);
  }

  private void restore(LoaderState state) {
    steps = state.steps();
    stageSteps = state.stageSteps();
    stageTokens = state.stageTokens();
    isOver = isLastStageOver();
    List<Future<SampleReader.Reading>> readings = new ArrayList<>();
    for (LoaderState.Waiting each : state.waiting()) {
      readings.add(reader.read(new Picker.Pick(each.source(), each.number())));
    }
    for (int i = 0; i < readings.size(); i++) {
      LoaderState.Waiting place = state.waiting().get(i);
      List<Sequence> sequences = SampleReader.wait(readings.get(i)).sequences();
      if (place.piece() >= sequences.size()) {
        throw new DataException(
            "Source %s gives other samples than when the state was saved. Bring back its data, or begin anew."
                .formatted(sources.get(place.source()).name()));
      }
      add(new Waiter(place, sequences.get(place.piece())));
    }
  }

  /** Whether there is another step; makes sure that it can be given. */
  @Override
  public boolean hasNext() {
    if (!isOver) {
      fill();
    }
    return !isOver && !waiting.isEmpty();
  }

  @Override
  public LoadedBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the run's data are at their end");
    }
    Batch batch = Batch.of(taken());
    String name = mixture.stages().get(stage).name();
    steps++;
    stageSteps++;
    stageTokens += batch.rows();
    if (mixture.stages().get(stage).length().isReached(stageSteps, stageTokens)) {
      isOver = isLastStageOver();
      if (!isOver) {
        enter(stage + 1);
      }
    }
    return new LoadedBatch(batch, name, epochs(), state());
  }

  private boolean isLastStageOver() {
    return stage == mixture.stages().size() - 1
        && mixture.stages().get(stage).length().isReached(stageSteps, stageTokens);
  }

  private void enter(int next) {
    ahead.forEach(future -> future.cancel(true));
    ahead.clear();
    picker.enter(next);
    stage = next;
    stageSteps = 0;
    stageTokens = 0;
  }

  /** The state after the steps that were given. */
  private LoaderState state() {
    return new LoaderState(
        run,
        steps,
        stageSteps,
        stageTokens,
        picker.state(),
        waiting.stream().map(Waiter::place).toList());
  }

  /** Reads until enough waits, or nothing is left. */
  private void fill() {
    while (waitingRows < options.waitingRows()) {
      if (picker.plan().isEmpty()) {
        if (stage == mixture.stages().size() - 1) {
          return;
        }
        enter(stage + 1);
      } else {
        take();
      }
    }
  }

  private void take() {
    List<Picker.Pick> plan = picker.plan();
    int consumed = picker.consumed();
    int most = Math.min(plan.size() - consumed, 4 * options.workers());
    while (ahead.size() < most) {
      ahead.add(reader.read(plan.get(consumed + ahead.size())));
    }
    Picker.Pick pick = plan.get(consumed);
    SampleReader.Reading reading = SampleReader.wait(ahead.remove());
    if (!reading.objection().isEmpty()) {
      bad.add(sources.get(pick.source()).name(), reading.index(), reading.objection());
    }
    for (int piece = 0; piece < reading.sequences().size(); piece++) {
      LoaderState.Waiting place = new LoaderState.Waiting(pick.source(), pick.number(), piece);
      add(new Waiter(place, reading.sequences().get(piece)));
    }
    picker.consume(reading.tokens());
  }

  private void add(Waiter waiter) {
    waiting.add(waiter);
    waitingRows += waiter.sequence().length();
  }

  /** Takes the sequences of a step out of those that wait. */
  private List<Sequence> taken() {
    List<Integer> lengths = waiting.stream().map(each -> each.sequence().length()).toList();
    List<Integer> chosen = new Packer(options.rows()).choose(lengths);
    List<Sequence> sequences = chosen.stream().map(place -> waiting.get(place).sequence()).toList();
    chosen.reversed().forEach(place -> waiting.remove((int) place));
    sequences.forEach(sequence -> waitingRows -= sequence.length());
    return sequences;
  }

  /** How often each source was gone through, those that wait among them. */
  private Map<String, Double> epochs() {
    long[] taken = picker.taken();
    Map<String, Double> epochs = new LinkedHashMap<>();
    for (int s = 0; s < taken.length; s++) {
      epochs.put(sources.get(s).name(), (double) taken[s] / sources.get(s).size());
    }
    return epochs;
  }

  /** Stops the threads. */
  @Override
  public void close() {
    ahead.forEach(future -> future.cancel(true));
    reader.close();
  }
}
