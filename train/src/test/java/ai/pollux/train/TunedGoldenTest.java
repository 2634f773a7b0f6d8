package ai.pollux.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.Tap;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.torch.AdamW;
import ai.pollux.torch.Parameter;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import ai.pollux.torch.Tuning;
import ai.pollux.train.tuning.AdapterFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Adapters, preferences and rewards, held to PyTorch and PEFT at the goldens' own tolerances. */
class TunedGoldenTest {
  private static final Path LORA = UnifiedTiny.FOLDER.resolve("lora");
  private final UnifiedTiny batch = UnifiedTiny.whole();
  private final JsonNode expected = UnifiedTiny.json("expected.json");
  private final JsonNode tolerance = expected.path("tolerance");

  private static TorchBackend backend(Tuning tuning) {
    return new TorchBackend(TorchSettings.cpu(1).tuning(tuning));
  }

  private static LanguageModel model(TorchBackend backend) {
    return Models.load(UnifiedTiny.FOLDER.resolve("hf"), backend, Progress.NONE);
  }

  @Test
  void fiveStepsOfAnAdapterAreThoseOfPeft(@TempDir Path folder) {
    JsonNode golden = expected.path("lora");
    Tuning.LowRank tuning = AdapterFolder.tuning(LORA);
    try (TorchBackend backend = backend(tuning);
        LanguageModel model = model(backend);
        AdamW optimiser = new AdamW(backend.parameters(), AdamW.Settings.of(0))) {
      AdapterFolder.read(LORA, backend.parameters());
      for (int step = 0; step < 5; step++) {
        assertThat(loss(backend, model))
            .as("loss " + step)
            .isCloseTo(
                golden.path("losses").get(step).doubleValue(),
                within(tolerance.path("lora_step_losses").get(step).doubleValue()));
        if (step == 0) {
          gradients(backend, "grad.", tolerance.path("lora_gradient_relative").doubleValue());
        }
        double norm = golden.path("gradient_norms").get(step).doubleValue();
        assertThat(backend.parameters().clipGradients(1)).isCloseTo(norm, within(1e-4 * norm));
        optimiser.step(1e-3);
        backend.parameters().clearGradients();
      }
      assertThat(loss(backend, model))
          .isCloseTo(golden.path("final_loss").doubleValue(), within(1e-4));
      gradients(
          backend, "after5.grad.", tolerance.path("lora_last_gradient_relative").doubleValue());
      AdapterFolder.write(folder, tuning, backend.parameters());
    }
    assertThat(AdapterFolder.tuning(folder)).isEqualTo(tuning);
    try (TorchBackend backend = backend(tuning);
        LanguageModel model = model(backend)) {
      AdapterFolder.read(folder, backend.parameters());
      assertThat(loss(backend, model))
          .isCloseTo(golden.path("final_loss").doubleValue(), within(1e-4));
    }
  }

  private static void gradients(TorchBackend backend, String prefix, double relative) {
    for (Parameter parameter : backend.parameters()) {
      UnifiedTiny.close(
          parameter.name(),
          UnifiedTiny.tensor("lora/expected.safetensors", prefix + parameter.name()),
          parameter.gradient().orElseThrow(),
          relative);
    }
  }

  private double loss(TorchBackend backend, LanguageModel model) {
    try (TorchOps ops = backend.record()) {
      Tensor loss = ops.crossEntropy(batch.labelled(ops, model), batch.labels);
      ops.backward(loss);
      return loss.toArray()[0];
    }
  }

  @Test
  void preferencesAreThoseOfTheReference() {
    JsonNode golden = expected.path("dpo");
    int[] prompt = ids("prompt");
    try (TorchBackend backend = backend(Tuning.Weights.all());
        LanguageModel model = model(backend)) {
      try (TorchOps ops = backend.record()) {
        Tensor chosen = answer(ops, model, prompt, ids("chosen"));
        Tensor rejected = answer(ops, model, prompt, ids("rejected"));
        near(golden, "policy_chosen", chosen);
        near(golden, "policy_rejected", rejected);
        double reference =
            golden.path("reference_rejected").doubleValue()
                - golden.path("reference_chosen").doubleValue();
        Tensor margin =
            ops.add(
                ops.add(chosen, ops.scale(rejected, -1)),
                ops.tensor(Shape.of(1), new float[] {(float) reference}));
        Tensor loss = ops.preferenceLoss(ops.scale(margin, 0.1f));
        near(golden, "loss", loss);
        ops.backward(loss);
      }
      norms(backend, golden);
    }
  }

  /** The sum of log-probabilities of an answer's tokens. */
  private static Tensor answer(TorchOps ops, LanguageModel model, int[] prompt, int[] answer) {
    int[] all = IntStream.concat(IntStream.of(prompt), IntStream.of(answer)).toArray();
    int[] rows = IntStream.range(prompt.length - 1, all.length - 1).toArray();
    Tensor logits = model.forward(ops, all, Past.packed(all.length), rows);
    return ops.sum(ops.logProbabilities(logits, answer));
  }

  private static int[] ids(String name) {
    JsonNode ids = UnifiedTiny.json("preference.json").path(name);
    return IntStream.range(0, ids.size()).map(i -> ids.get(i).intValue()).toArray();
  }

  /** Relative to values above 1: sums of a dozen logarithms in f32. */
  private static void near(JsonNode golden, String name, Tensor found) {
    double wanted = golden.path(name).doubleValue();
    double allowed = golden.path("tolerance").path("values").doubleValue();
    assertThat((double) found.toArray()[0])
        .as(name)
        .isCloseTo(wanted, within(allowed * Math.max(1, Math.abs(wanted))));
  }

  private static void norms(TorchBackend backend, JsonNode golden) {
    double relative = golden.path("tolerance").path("gradient_norm_relative").doubleValue();
    double all = golden.path("gradient_norm").doubleValue();
    assertThat(golden.path("gradient_norms").size()).isGreaterThan(10);
    golden
        .path("gradient_norms")
        .propertyStream()
        .forEach(entry -> {
          Parameter parameter = backend.parameters().find(entry.getKey()).orElseThrow();
          double squares = 0;
          for (float value : parameter.gradient().orElse(new float[0])) {
            squares += (double) value * value;
          }
          double wanted = entry.getValue().doubleValue();
          assertThat(Math.sqrt(squares))
              .as(entry.getKey())
              .isCloseTo(wanted, within(relative * Math.max(wanted, 1e-3 * all)));
        });
    assertThat(backend.parameters().gradientNorm()).isCloseTo(all, within(relative * all));
  }

  @Test
  void rewardsAreThoseOfTheReference() {
    JsonNode golden = expected.path("reward");
    float[] values = UnifiedTiny.tensor("reward.safetensors", "score.weight");
    try (TorchBackend backend = backend(Tuning.Weights.all());
        LanguageModel model = model(backend)) {
      Origin origin = Origin.whole("score.weight", List.of(1L, (long) values.length));
      Weight score = new Weight.Dense(backend.tensor(origin, Shape.of(1, values.length), values));
      try (TorchOps ops = backend.record()) {
        Tensor chosen = reward(ops, model, score, ids("chosen"));
        Tensor rejected = reward(ops, model, score, ids("rejected"));
        near(golden, "reward_chosen", chosen);
        near(golden, "reward_rejected", rejected);
        Tensor loss = ops.preferenceLoss(ops.add(chosen, ops.scale(rejected, -1)));
        near(golden, "loss", loss);
        ops.backward(loss);
      }
      UnifiedTiny.close(
          "score.weight",
          UnifiedTiny.tensor("reward.safetensors", "grad.score.weight"),
          backend.parameters().find("score.weight").orElseThrow().gradient().orElseThrow(),
          1e-4);
      norms(backend, golden);
    }
  }

  private static Tensor reward(TorchOps ops, LanguageModel model, Weight score, int[] answer) {
    int[] all = IntStream.concat(IntStream.of(ids("prompt")), IntStream.of(answer)).toArray();
    Tensor hidden =
        model.decode(ops, all, model.embed(ops, all), Past.packed(all.length), Tap.NONE);
    return ops.sum(ops.linear(ops.rows(hidden, new int[] {all.length - 1}), score));
  }
}
