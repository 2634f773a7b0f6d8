package ai.pollux.train.run;

import ai.pollux.torch.TorchSettings;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.batch.Batch;
import ai.pollux.train.data.batch.LoadedBatch;
import ai.pollux.train.data.batch.Loader;
import ai.pollux.train.data.batch.LoaderOptions;
import ai.pollux.train.data.batch.LoaderState;
import ai.pollux.train.data.batch.Prefetch;
import ai.pollux.train.data.encode.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a model: takes batches, moves weights, measures, keeps checkpoints. A run that was killed
 * at any step goes on from its last checkpoint and ends with the very weights it would have had.
 *
 * @param settings what decides the result
 * @param torch where and how it is computed
 * @param start a folder with the model to begin with
 * @param training sources that stages name
 * @param heldOut sources whose losses are measured now and then
 * @param encoder makes tokens of samples, as the model wants them
 * @param team the processes that share the batches of a step
 */
public record Trainer(
    RunSettings settings,
    TorchSettings torch,
    Path start,
    List<Source> training,
    List<Source> heldOut,
    Encoder encoder,
    Team team) {
  private static final int MOST_ROLL_BACKS = 5;
  private static final long BAD_RECORDS = 1000;

  /** Files that make a checkpoint a model that every command loads. */
  private static final List<String> COMPANIONS =
      List.of(
          "config.json",
          "generation_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer.model",
          "tokenizer_config.json");

  /** Told of every step. */
  @FunctionalInterface
  public interface Listener {
    /** A step was made, of so many. */
    void at(Metrics metrics, long steps);
  }

  /** Copies the lists; refuses more processes than there are batches for. */
  public Trainer {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
    if (settings.batches() % team.size() != 0) {
      throw new RunException(
          "batches: expected a multiple of the %d processes, found %d"
              .formatted(team.size(), settings.batches()));
    }
  }

  /**
   * Trains until the data are at their end, or until somebody asks to stop; then a checkpoint of
   * the last step is there.
   *
   * @param folder of the run; where it has a checkpoint, the run goes on from it
   * @param isStopped asked after each step
   * @return the last checkpoint
   * @throws RunException if the loss breaks away again and again, or files cannot be written
   */
  public Path run(RunFolder folder, Listener listener, BooleanSupplier isStopped) {
    Optional<Path> latest = folder.latest();
    TrainingState state = latest.map(TrainingState::read).orElse(TrainingState.START);
    if (team.isLead()) {
      folder.metrics().cutAfter(state.step());
    }
    BadRecords bad = new BadRecords(BAD_RECORDS);
    LoaderOptions options = LoaderOptions.of(settings.rows());
    try (Learner learner = new Learner(start, torch, settings.learning(), settings.recompute());
        Loader loader = loader(options, bad, state.data());
        Prefetch<LoadedBatch> batches = new Prefetch<>(loader, 2 * settings.batches())) {
      latest.ifPresent(learner::restore);
      Validation validation =
          Validation.of(heldOut, encoder, settings.validationSamples(), settings.rows());
      Speed speed = new Speed(learner.parameterCount(), MachinePeak.measure(torch));
      return new Loop(folder, learner, batches, validation, speed, state).run(listener, isStopped);
    }
  }

  private Loader loader(LoaderOptions options, BadRecords bad, Optional<LoaderState> state) {
    return state.isPresent()
        ? Loader.resume(settings.mixture(), training, encoder, options, bad, state.get())
        : new Loader(settings.mixture(), training, encoder, options, bad);
  }

  /** The steps of one process. */
  private final class Loop {
    private final RunFolder folder;
    private final Learner learner;
    private final Prefetch<LoadedBatch> batches;
    private final Validation validation;
    private final Speed speed;
    private final Schedule schedule = settings.schedule();
    private SpikeGuard guard;
    private long step;
    private long tokens;
    private long skipped;
    private long saved;
    private int rollBacks;
    private Optional<LoaderState> data;

    Loop(
        RunFolder folder,
        Learner learner,
        Prefetch<LoadedBatch> batches,
        Validation validation,
        Speed speed,
        TrainingState state) {
      this.folder = folder;
      this.learner = learner;
      this.batches = batches;
      this.validation = validation;
      this.speed = speed;
      guard = new SpikeGuard(settings.learning().spikeFactor(), state.losses());
      step = state.step();
      saved = step;
      tokens = state.tokens();
      skipped = state.skipped();
      data = state.data();
    }

    Path run(Listener listener, BooleanSupplier isStopped) {
      if (folder.latest().isEmpty()) {
        save(); // What a run that breaks away at once goes back to.
      }
      while (batches.hasNext() && !team.any(isStopped.getAsBoolean())) {
        Metrics metrics = step(take());
        if (team.isLead()) {
          folder.metrics().append(metrics);
          listener.at(metrics, settings.steps());
        }
        if (step % settings.checkpointEvery() == 0 && guard.isCalm()) {
          save();
        }
      }
      if (step != saved) {
        save();
      }
      return folder.latest().orElseThrow();
    }

    /** The batches of a step; fewer at the end of the data. */
    private List<LoadedBatch> take() {
      List<LoadedBatch> taken = new ArrayList<>();
      while (taken.size() < settings.batches() && batches.hasNext()) {
        taken.add(batches.next());
      }
      return taken;
    }

    private Metrics step(List<LoadedBatch> taken) {
      List<Batch> step = taken.stream().map(LoadedBatch::batch).toList();
      long learned = step.stream().mapToLong(batch -> batch.learnedRows().length).sum();
      double sum = 0;
      for (int i = 0; i < step.size(); i++) {
        if (i % team.size() == team.rank()) {
          sum += learner.learn(step.get(i), learned).sum();
        }
        tokens += step.get(i).rows();
      }
      double loss = team.sum(sum) / learned;
      learner.sumGradients(team);
      double norm = learner.clip(settings.learning().clip());
      double rate = schedule.rate(this.step);
      decide(guard.judge(loss, norm), rate);
      this.step++;
      data = Optional.of(taken.getLast().next());
      return measured(taken.getLast().stage(), loss, norm, rate);
    }

    private void decide(SpikeGuard.Verdict verdict, double rate) {
      switch (verdict) {
        case TAKE -> learner.step(rate);
        case SKIP -> {
          learner.forget();
          skipped++;
        }
        case ROLL_BACK -> {
          skipped++;
          rollBack();
        }
      }
    }

    private void rollBack() {
      rollBacks++;
      if (rollBacks > MOST_ROLL_BACKS) {
        throw new RunException(
            "step %d: the loss broke away %d times, though the run went back to its last checkpoint each time. Start again with a lower learning rate than %s, or look at the data"
                .formatted(step, rollBacks, settings.learning().peak()));
      }
      Path latest = folder.latest().orElseThrow();
      learner.restore(latest);
      guard =
          new SpikeGuard(settings.learning().spikeFactor(), TrainingState.read(latest).losses());
    }

    private Metrics measured(String stage, double loss, double norm, double rate) {
      boolean isDue =
          team.isLead() && (step % settings.validateEvery() == 0 || step == settings.steps());
      Speed.Reading reading = speed.at(tokens);
      Map<String, Double> losses = isDue ? validation.measure(learner) : Map.of();
      if (isDue) {
        speed.restart(tokens);
      }
      return new Metrics(
          step,
          tokens,
          stage,
          loss,
          norm,
          rate,
          reading.tokensPerSecond(),
          reading.shareOfPeak(),
          skipped,
          losses);
    }

    private void save() {
      saved = step;
      if (team.isLead()) {
        write();
        draw();
      }
    }

    private void write() {
      TrainingState state = new TrainingState(step, tokens, skipped, guard.remembered(), data);
      folder.checkpoint(
          step,
          settings.keep(),
          where -> {
            learner.write(where, start);
            state.write(where);
            for (String name : COMPANIONS) {
              if (Files.exists(start.resolve(name))) {
                Files.copy(
                    start.resolve(name), where.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
              }
            }
          });
    }

    private void draw() {
      Path png = folder.path().resolve("loss.png");
      try {
        LossPlot.write(folder.path().getFileName().toString(), folder.metrics().read(), png);
      } catch (IOException e) {
        throw new UncheckedIOException(png + ": cannot be written", e);
      }
    }
  }
}
