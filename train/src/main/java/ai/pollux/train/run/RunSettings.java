package ai.pollux.train.run;

import ai.pollux.torch.TorchSettings;
import ai.pollux.train.data.batch.Mixture;
import ai.pollux.train.data.batch.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that decides what a run gives, from one JSON file.
 *
 * @param recipe the model's sizes, by name
 * @param vocabulary pieces of the tokenizer that is learned first
 * @param seed of weights, order and tasks
 * @param contextLength the most tokens of a sequence
 * @param rows tokens of a batch
 * @param batches of a step: their gradients are added
 * @param precision {@code F32} or {@code BF16}
 * @param recompute whether blocks are computed twice to save memory
 * @param learning rates and their steps
 * @param stages of the data, one after the other; their steps add up to the run's
 * @param checkpointEvery steps
 * @param keep how many checkpoints stay
 * @param validateEvery steps
 * @param validationSamples of each source
 */
public record RunSettings(
    String recipe,
    int vocabulary,
    long seed,
    int contextLength,
    int rows,
    int batches,
    String precision,
    boolean recompute,
    Learning learning,
    List<StageSettings> stages,
    int checkpointEvery,
    int keep,
    int validateEvery,
    int validationSamples) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** Who moves weights. */
  public enum OptimizerName {
    /** AdamW, all of them. */
    ADAMW,
    /** Muon the matrices of the blocks, AdamW all others. */
    MUON
  }

  /**
   * How weights move.
   *
   * @param optimizer who moves them
   * @param peak the highest rate
   * @param last the rate after the last step
   * @param warmupSteps steps of the way up
   * @param decaySteps steps of the way down
   * @param weightDecay of matrices
   * @param clip the longest gradient
   * @param spikeFactor how far above its neighbours a loss may lie: see {@link SpikeGuard}
   */
  public record Learning(
      OptimizerName optimizer,
      double peak,
      double last,
      long warmupSteps,
      long decaySteps,
      double weightDecay,
      double clip,
      double spikeFactor) {}

  /**
   * A stage of the data.
   *
   * @param weights of sources by name, as shares of tokens
   */
  public record StageSettings(String name, long steps, Map<String, Double> weights) {
    /** Keeps the order of the sources. */
    public StageSettings {
      weights = new LinkedHashMap<>(weights);
    }
  }

  /** Copies the list. */
  public RunSettings {
    stages = List.copyOf(stages);
    require("rows", rows, rows >= contextLength, "at least the context length of " + contextLength);
    require("batches", batches, batches > 0, "at least 1");
    require("checkpointEvery", checkpointEvery, checkpointEvery > 0, "at least 1");
    require("keep", keep, keep > 0, "at least 1");
    require("validateEvery", validateEvery, validateEvery > 0, "at least 1");
    require("stages", stages.size(), !stages.isEmpty(), "at least 1");
  }

  private static void require(String name, long found, boolean holds, String expected) {
    if (!holds) {
      throw new RunException("%s: expected %s, found %d".formatted(name, expected, found));
    }
  }

  /**
   * Reads a file.
   *
   * @throws RunException if it cannot be read, lacks a setting or has one too many
   */
  public static RunSettings read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), RunSettings.class);
    } catch (JacksonException e) {
      if (e.getCause() instanceof RunException wrong) {
        throw new RunException(file + ": " + wrong.getMessage(), e);
      }
      String what =
          e.getOriginalMessage().split(";")[0]; // the rest is about Jackson's own settings
      throw new RunException(
          "%s: %s. The settings are those of runs/tiny.json".formatted(file, what), e);
    } catch (IOException e) {
      throw new RunException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Steps of all stages. */
  public long steps() {
    return stages.stream().mapToLong(StageSettings::steps).sum();
  }

  /** The sources that stages name. */
  public Set<String> sources() {
    return stages.stream()
        .flatMap(stage -> stage.weights().keySet().stream())
        .collect(Collectors.toSet());
  }

  /**
   * The precision as libtorch's backend has it.
   *
   * @throws RunException if there is none of that name
   */
  public TorchSettings.Precision torchPrecision() {
    return switch (precision) {
      case "F32" -> TorchSettings.Precision.F32;
      case "BF16" -> TorchSettings.Precision.BF16;
      default -> throw new RunException("precision: expected F32 or BF16, found " + precision);
    };
  }

  Schedule schedule() {
    return new Schedule(
        learning.peak(), learning.last(), learning.warmupSteps(), learning.decaySteps(), steps());
  }

  /** The stages with lengths in batches, as the loader counts. */
  Mixture mixture() {
    List<Stage> all =
        stages.stream()
            .map(stage ->
                new Stage(
                    stage.name(),
                    new Stage.Length.Steps(stage.steps() * batches),
                    Stage.Measure.TOKENS,
                    stage.weights()))
            .toList();
    return new Mixture(all, Map.of(), seed);
  }
}
