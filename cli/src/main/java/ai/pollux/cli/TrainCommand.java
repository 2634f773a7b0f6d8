package ai.pollux.cli;

import ai.pollux.content.template.Gemma4Template;
import ai.pollux.torch.TorchSettings;
import ai.pollux.train.run.FolderEncoder;
import ai.pollux.train.run.Metrics;
import ai.pollux.train.run.NewRun;
import ai.pollux.train.run.RunFolder;
import ai.pollux.train.run.RunSettings;
import ai.pollux.train.run.RunSources;
import ai.pollux.train.run.Team;
import ai.pollux.train.run.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux train}: a run from its settings, from the beginning or from where it stopped. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a model from scratch, or further: vocabulary, weights, checkpoints, measurements.",
      "The same command goes on where an ended or killed run stopped. Every checkpoint is a model."
    },
    footer = {"", "Example: pollux train runs/tiny.json --into target/tiny"})
final class TrainCommand implements Callable<Integer> {
  private static final int MOST_MINUTES_TO_SAVE = 5;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "SETTINGS", description = "The run's JSON file.")
  Path settings = Path.of("");

  @Option(
      names = "--into",
      required = true,
      paramLabel = "FOLDER",
      description = "Where checkpoints and measurements are kept.")
  Path folder = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "../shared/data",
      description = "The folder of public data (default: ${DEFAULT-VALUE}).")
  Path data = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = "A Hugging Face folder to begin with, in place of random weights.")
  @Nullable Path from;

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      description = "Threads that compute, of all processes (default: one per core).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Processes that share the batches of each step (default: 1).")
  int processes = 1;

  @Option(names = "--rank", hidden = true, description = "Which of the processes this is.")
  int rank;

  @Option(names = "--meeting", hidden = true, description = "The file by which they meet.")
  @Nullable Path meeting;

  @Option(names = "--cuda", description = "Compute on the first CUDA device.")
  boolean cuda;

  @Override
  public Integer call() {
    RunSettings run = RunSettings.read(settings);
    AtomicBoolean isStopped = new AtomicBoolean();
    CountDownLatch isSaved = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(isStopped, isSaved)));
    try (RunFolder where = rank == 0 ? RunFolder.open(folder) : RunFolder.follow(folder);
        RunSources sources = RunSources.open(data, run.seed(), run.sources());
        ProgressBar bar = new ProgressBar("training")) {
      Path start = from == null ? NewRun.start(where, run, sources) : from;
      try (TrainingProcesses others = TrainingProcesses.start(spec, folder, rank, processes);
          Team team = others.join(rank, meeting)) {
        Trainer trainer =
            new Trainer(
                run,
                torch(run),
                start,
                sources.training(),
                sources.heldOut(),
                FolderEncoder.of(start, new Gemma4Template(), run.contextLength()),
                team);
        Path checkpoint =
            trainer.run(where, (metrics, steps) -> show(bar, metrics, steps), isStopped::get);
        others.await();
        spec.commandLine().getOut().println(checkpoint);
        spec.commandLine().getOut().flush();
      }
    } finally {
      isSaved.countDown();
    }
    return 0;
  }

  private TorchSettings torch(RunSettings run) {
    return TorchSettings.cpu(Math.max(1, threads / processes))
        .precision(run.torchPrecision())
        .device(cuda ? TorchSettings.Device.CUDA : TorchSettings.Device.CPU);
  }

  private void show(ProgressBar bar, Metrics metrics, long steps) {
    double perStep = (double) metrics.tokens() / metrics.step();
    double seconds = (steps - metrics.step()) * perStep / Math.max(1, metrics.tokensPerSecond());
    String note =
        String.format(
            Locale.ROOT,
            "%s, loss %.3f, %.0f tokens/s, %.0f %% of the peak, %s left",
            metrics.stage(),
            metrics.loss(),
            metrics.tokensPerSecond(),
            100 * metrics.shareOfPeak(),
            Units.duration(Duration.ofSeconds((long) seconds)));
    bar.count(metrics.step(), steps, "steps", note);
  }

  /** Asks the run to end with a checkpoint, and waits for it. */
  private static void stop(AtomicBoolean isStopped, CountDownLatch isSaved) {
    isStopped.set(true);
    try {
      isSaved.await(MOST_MINUTES_TO_SAVE, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
