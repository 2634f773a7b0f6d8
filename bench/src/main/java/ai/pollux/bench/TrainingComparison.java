package ai.pollux.bench;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import ai.pollux.torch.AdamW;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.TorchSettings.Precision;
import ai.pollux.torch.Tuning;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps of training beside PyTorch's: {@code bench/run TrainingComparison PYTHON SCRIPT FOLDER
 * THREADS ROUNDS} runs transformers (by {@code tools/bench/training.py}, which also makes the
 * folder) and Pollux turn and turn about on the same model and batch, in f32 and in bf16, and
 * prints the medians of tokens per second and per second of processor time. The first step of each
 * turn does not count.
 */
final class TrainingComparison {
  private static final int SEQUENCES = 32;
  private static final int LENGTH = 128;
  private static final int STEPS = 3;

  private TrainingComparison() {}

  /** One step. */
  private record Step(double loss, double seconds, double processorSeconds) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 5) {
      throw new IllegalArgumentException(
          "expected PYTHON SCRIPT FOLDER THREADS ROUNDS, found " + arguments.length);
    }
    int threads = Integer.parseInt(arguments[3]);
    for (Precision precision : Precision.values()) {
      List<Step> theirs = new ArrayList<>();
      List<Step> ours = new ArrayList<>();
      for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
        theirs.addAll(python(arguments, precision));
        ours.addAll(pollux(Path.of(arguments[2]), threads, precision));
      }
      print(precision + " PyTorch", theirs);
      print(precision + " Pollux", ours);
    }
  }

  private static void print(String name, List<Step> steps) {
    double tokens = SEQUENCES * LENGTH;
    double[] rates = steps.stream().mapToDouble(s -> tokens / s.seconds()).sorted().toArray();
    double[] processor =
        steps.stream().mapToDouble(s -> tokens / s.processorSeconds()).sorted().toArray();
    System.out.printf(
        "%s: %.0f tokens/s (best %.0f), %.0f per processor second, last loss %.4f%n",
        name,
        rates[rates.length / 2],
        rates[rates.length - 1],
        processor[processor.length / 2],
        steps.getLast().loss());
  }

  private static List<Step> python(String[] arguments, Precision precision)
      throws IOException, InterruptedException {
    String type = precision == Precision.F32 ? "fp32" : "bf16";
    Process process =
        new ProcessBuilder(
                arguments[0],
                arguments[1],
                "run",
                arguments[2],
                type,
                arguments[3],
                Integer.toString(STEPS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("PyTorch's side ended with " + process.exitValue() + ": " + output);
    }
    List<Step> steps =
        output
            .lines()
            .map(line -> line.split(" "))
            .map(f ->
                new Step(
                    Double.parseDouble(f[0]), Double.parseDouble(f[1]), Double.parseDouble(f[2])))
            .toList();
    return steps.subList(1, steps.size());
  }

  private static List<Step> pollux(Path folder, int threads, Precision precision) {
    TorchSettings settings =
        TorchSettings.cpu(threads).precision(precision).tuning(Tuning.Weights.all());
    List<Step> steps = new ArrayList<>();
    try (TorchBackend backend = new TorchBackend(settings);
        LanguageModel model = Models.load(folder, backend, Progress.NONE);
        AdamW optimiser = new AdamW(backend.parameters(), AdamW.Settings.of(0.01))) {
      for (int step = 0; step < STEPS; step++) {
        long start = System.nanoTime();
        long processor = processorNanos();
        double loss = step(backend, model);
        backend.parameters().clipGradients(1);
        optimiser.step(1e-4);
        backend.parameters().clearGradients();
        steps.add(
            new Step(
                loss, (System.nanoTime() - start) / 1e9, (processorNanos() - processor) / 1e9));
      }
    }
    return steps.subList(1, steps.size());
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The batch that the script has. */
  private static double step(TorchBackend backend, LanguageModel model) {
    int[] ids = IntStream.range(0, SEQUENCES * LENGTH).map(i -> i * 7919 % 2000 + 3).toArray();
    int[] rows = IntStream.range(0, ids.length).filter(i -> i % LENGTH < LENGTH - 1).toArray();
    int[] labels = Arrays.stream(rows).map(row -> ids[row + 1]).toArray();
    int[] lengths = new int[SEQUENCES];
    Arrays.fill(lengths, LENGTH);
    try (TorchOps ops = backend.record()) {
      Tensor logits = model.forward(ops, ids, Past.packed(lengths), rows);
      Tensor loss = ops.crossEntropy(logits, labels);
      ops.backward(loss);
      return loss.toArray()[0];
    }
  }
}
