package ai.pollux.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Tensor;
import ai.pollux.torch.AdamW;
import ai.pollux.torch.Parameter;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.Tuning;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A whole tiny model, held to PyTorch: logits, loss, every gradient by name, ten steps. Tolerances
 * are the goldens' own: ten times what f32 and f64 of the reference differ by.
 */
class TrainingGoldenTest {
  private static final TorchSettings ALL = TorchSettings.cpu(1).tuning(Tuning.Weights.all());
  private final UnifiedTiny batch = UnifiedTiny.whole();
  private final JsonNode expected = UnifiedTiny.json("expected.json");

  private static LanguageModel model(TorchBackend backend) {
    return Models.load(UnifiedTiny.FOLDER.resolve("hf"), backend, Progress.NONE);
  }

  @Test
  void logitsAreThoseOfTheReference() {
    try (TorchBackend backend = new TorchBackend(TorchSettings.cpu(1));
        LanguageModel model = model(backend);
        TorchOps ops = backend.open()) {
      Tensor logits = model.logits(ops, batch.hidden(ops, model));
      float[] wanted = UnifiedTiny.tensor("expected.safetensors", "logits");
      float[] found = logits.toArray();
      double worst = 0;
      for (int i = 0; i < wanted.length; i++) {
        worst = Math.max(worst, Math.abs((double) wanted[i] - found[i]));
      }
      assertThat(worst).isLessThan(tolerance("logits"));
    }
  }

  private double tolerance(String what) {
    return expected.path("tolerance").path(what).doubleValue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyGradientIsThatOfTheReference(boolean recomputed) {
    try (TorchBackend backend = new TorchBackend(ALL);
        LanguageModel model = model(backend)) {
      try (TorchOps ops = recomputed ? backend.recordBlocks() : backend.record()) {
        Tensor loss = ops.crossEntropy(batch.labelled(ops, model), batch.labels);
        assertThat(loss.toArray()[0])
            .isCloseTo(
                (float) expected.path("loss").doubleValue(), within((float) tolerance("loss")));
        ops.backward(loss);
      }
      for (Parameter parameter : backend.parameters()) {
        UnifiedTiny.close(
            parameter.name(),
            UnifiedTiny.tensor("expected.safetensors", "grad." + parameter.name()),
            parameter.gradient().orElseThrow(),
            tolerance("gradient_relative"));
      }
      assertThat(names(backend)).isEqualTo(goldenNames());
      assertThat(backend.parameters().gradientNorm())
          .isCloseTo(expected.path("gradient_norm").doubleValue(), within(30 * 1e-4));
    }
  }

  /**
   * Tolerance: a product's inputs and result are off by 2⁻⁹ of themselves, some thirty of them one
   * after the other by chance by six times that, 1 %; the loss is a mean of 30 such logits.
   */
  @Test
  void halfPrecisionStaysNearTheReference() {
    TorchSettings half = ALL.precision(TorchSettings.Precision.BF16);
    try (TorchBackend backend = new TorchBackend(half);
        LanguageModel model = model(backend)) {
      double loss = loss(backend, model);
      double wanted = expected.path("loss").doubleValue();
      assertThat(loss).isNotEqualTo(wanted).isCloseTo(wanted, within(0.01 * wanted));
      for (Parameter parameter : backend.parameters()) {
        float[] exact = UnifiedTiny.tensor("expected.safetensors", "grad." + parameter.name());
        float[] found = parameter.gradient().orElseThrow();
        double product = 0;
        double squares = 0;
        double exactSquares = 0;
        for (int i = 0; i < exact.length; i++) {
          product += (double) exact[i] * found[i];
          squares += (double) found[i] * found[i];
          exactSquares += (double) exact[i] * exact[i];
        }
        // The cosine of an angle of 8°, between vectors a seventh of themselves apart.
        assertThat(product / Math.sqrt(squares * exactSquares))
            .as(parameter.name())
            .isGreaterThan(0.99);
      }
    }
  }

  private static Set<String> names(TorchBackend backend) {
    return backend.parameters().all().stream()
        .map(Parameter::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> goldenNames() {
    try (Checkpoint file = Checkpoints.open(UnifiedTiny.FOLDER.resolve("expected.safetensors"))) {
      return file.names().stream()
          .filter(name -> name.startsWith("grad."))
          .map(name -> name.substring("grad.".length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void tenStepsOfAdamWAreThoseOfTheReference() {
    JsonNode golden = expected.path("adamw");
    JsonNode losses = expected.path("tolerance").path("step_losses");
    JsonNode norms = expected.path("tolerance").path("gradient_norm_relative");
    try (TorchBackend backend = new TorchBackend(ALL);
        LanguageModel model = model(backend);
        AdamW optimiser = new AdamW(backend.parameters(), AdamW.Settings.of(0.1))) {
      assertThat(
              backend.parameters().all().stream().filter(Parameter::isMatrix).map(Parameter::name))
          .containsExactlyInAnyOrderElementsOf(
              golden.path("decayed").valueStream().map(JsonNode::asString).toList());
      for (int step = 0; step < 10; step++) {
        double loss = loss(backend, model);
        assertThat(loss)
            .as("loss " + step)
            .isCloseTo(
                golden.path("losses").get(step).doubleValue(),
                within(losses.get(step).doubleValue()));
        double wanted = golden.path("gradient_norms").get(step).doubleValue();
        assertThat(backend.parameters().clipGradients(1))
            .as("norm " + step)
            .isCloseTo(wanted, within(wanted * norms.get(step).doubleValue()));
        optimiser.step(1e-3);
        backend.parameters().clearGradients();
      }
      assertThat(loss(backend, model))
          .isCloseTo(golden.path("final_loss").doubleValue(), within(losses.get(10).doubleValue()));
      double sum = 0;
      for (Parameter parameter : backend.parameters()) {
        for (float value : parameter.values()) {
          sum += value;
        }
      }
      assertThat(sum)
          .isCloseTo(
              golden.path("checksum_after_10").path("sum").doubleValue(),
              within(tolerance("checksum")));
    }
  }

  private double loss(TorchBackend backend, LanguageModel model) {
    try (TorchOps ops = backend.record()) {
      Tensor loss = ops.crossEntropy(batch.labelled(ops, model), batch.labels);
      ops.backward(loss);
      return loss.toArray()[0];
    }
  }
}
