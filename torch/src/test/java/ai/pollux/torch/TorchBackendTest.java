package ai.pollux.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** What a backend refuses, and what it leaves behind. */
class TorchBackendTest {
  private static final TorchSettings CPU = TorchSettings.cpu(1);
  private static final TorchSettings TRAINED = CPU.tuning(Tuning.Weights.all());

  private static Origin origin(String name) {
    return Origin.whole(name, List.of());
  }

  @Test
  void sayThatThereIsNoDevice() {
    assertThatThrownBy(() -> new TorchBackend(CPU.device(TorchSettings.Device.CUDA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("torch: expected a CUDA device, found none")
        .hasMessageContaining("pytorch-platform-gpu");
  }

  @Test
  void refuseNoThreads() {
    assertThatThrownBy(() -> TorchSettings.cpu(0))
        .hasMessage("torch: expected 1 thread or more, found 0");
    assertThatThrownBy(() -> new Tuning.LowRank(0, 1, List.of(), 1))
        .hasMessage("LoRA: expected a rank of 1 or more, found 0");
  }

  @Test
  void refuseToTrainWhatIsQuantised() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      Weight.Stored weight = Samples.stored(1, Formats.Q8_0, 4, 32);
      assertThatThrownBy(() -> backend.pack(origin("a.weight"), weight))
          .hasMessage(
              "a.weight: expected plain values (F32, F16, BF16) to train, found Q8_0. Train a"
                  + " product beside it (LoRA), or a model of plain values");
    }
  }

  @Test
  void refuseTensorsOfOtherBackends() {
    try (TorchBackend backend = new TorchBackend(CPU);
        var reference = new ReferenceBackend();
        TorchOps ops = backend.open()) {
      Tensor foreign = reference.tensor(Shape.of(2), new float[2]);
      assertThatThrownBy(() -> ops.scale(foreign, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a tensor [2] was made by another backend")
          .hasMessageEndingWith("make it with the one that computes");
    }
  }

  @Test
  void refuseTensorsOfClosedSteps() {
    try (TorchBackend backend = new TorchBackend(CPU)) {
      Tensor x;
      try (TorchOps ops = backend.open()) {
        x = ops.tensor(Shape.of(2), new float[2]);
      }
      assertThatThrownBy(x::toArray)
          .hasMessage("a tensor [2] was used after its step was closed or its memory released");
    }
  }

  @Test
  void turnWhatLibtorchThrowsIntoAnExceptionWithOperationAndShapes() {
    try (TorchBackend backend = new TorchBackend(TRAINED);
        TorchOps ops = backend.record()) {
      Tensor constant = ops.tensor(Shape.of(1), new float[] {3});
      assertThatThrownBy(() -> ops.backward(constant))
          .isInstanceOf(TorchException.class)
          .hasMessageStartingWith("backward: libtorch refused arguments of shapes [1]: ")
          .hasMessageContaining("does not require grad");
    }
  }

  @Test
  void refuseWhatCannotBeRecorded() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      try (TorchOps ops = backend.open()) {
        Tensor loss = ops.tensor(Shape.of(1), new float[1]);
        assertThatThrownBy(() -> ops.backward(loss))
            .hasMessage("backward: this step was not recorded. Open it by record()");
      }
      try (TorchOps ops = backend.record()) {
        Tensor logits = ops.tensor(Shape.of(2, 3), new float[6]);
        assertThatThrownBy(() -> ops.backward(logits))
            .hasMessage("backward: expected values of the loss 1, found 6");
        assertThatThrownBy(() -> ops.crossEntropy(logits, new int[] {1}))
            .hasMessage("crossEntropy: expected labels 2, found 1");
        assertThatThrownBy(() -> ops.crossEntropy(logits, new int[] {1, 3}))
            .hasMessage("crossEntropy: expected labels from 0 to 2, found 3");
        assertThatThrownBy(
                () -> ops.crossEntropy(ops.tensor(Shape.of(0, 3), new float[0]), new int[0]))
            .hasMessage("crossEntropy: expected at least one label, found none");
      }
    }
  }

  @Test
  void refuseValuesThatDoNotFitAParameter() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      backend.tensor(origin("gain"), Shape.of(3), new float[3]);
      Parameter gain = backend.parameters().find("gain").orElseThrow();
      assertThatThrownBy(() -> gain.set(new float[2]))
          .hasMessage("gain: expected 3 values, found 2");
      gain.set(new float[] {1, 2, 3});
      assertThat(gain.values()).containsExactly(1, 2, 3);
      assertThat(gain.gradient()).isEmpty();
    }
  }

  @Test
  void refuseParametersThatCameAfterTheOptimiser() {
    try (TorchBackend backend = new TorchBackend(TRAINED);
        AdamW optimiser = new AdamW(backend.parameters(), AdamW.Settings.of(0))) {
      Tensor late = backend.tensor(origin("late"), Shape.of(1), new float[1]);
      try (TorchOps ops = backend.record()) {
        ops.backward(ops.sum(late));
      }
      assertThatThrownBy(() -> optimiser.step(1))
          .hasMessage("AdamW: late was loaded after the optimiser was made. Load all models first");
    }
  }

  @Test
  void trainOnlyWhatTheTuningNames() {
    Tuning norms = new Tuning.Weights(name -> name.endsWith("norm"));
    try (TorchBackend backend = new TorchBackend(CPU.tuning(norms))) {
      backend.tensor(origin("a.norm"), Shape.of(3), new float[3]);
      backend.pack(origin("a.weight"), Samples.stored(1, Formats.F32, 2, 2));
      assertThat(backend.parameters().all()).extracting(Parameter::name).containsExactly("a.norm");
    }
  }

  /** What a checkpoint keeps makes the next step the same to the last bit. */
  @Test
  void goOnFromWhatACheckpointSays() {
    List<Function<Parameters, Optimizer>> all =
        List.of(
            parameters -> new AdamW(parameters, AdamW.Settings.of(0.1)),
            parameters -> new Muon(parameters, Muon.Settings.of(0.1)));
    for (Function<Parameters, Optimizer> optimizers : all) {
      assertThat(steps(4, 2, optimizers)).containsExactly(steps(4, 4, optimizers));
      assertThat(steps(4, 4, optimizers)).isNotEqualTo(steps(3, 3, optimizers));
    }
  }

  private static float[] steps(
      int count, int resumeAfter, Function<Parameters, Optimizer> optimizers) {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      Tensor x = backend.tensor(origin("x"), Shape.of(3, 5), Samples.normal(1, 15));
      Parameter parameter = backend.parameters().find("x").orElseThrow();
      Optimizer optimiser = optimizers.apply(backend.parameters());
      for (int step = 0; step < count; step++) {
        if (step == resumeAfter) {
          Map<String, float[]> saved = optimiser.state(parameter);
          optimiser.close();
          optimiser = optimizers.apply(backend.parameters());
          optimiser.restore(parameter, saved);
        }
        try (TorchOps ops = backend.record()) {
          ops.backward(ops.sum(ops.multiply(x, x)));
        }
        optimiser.step(0.1);
        backend.parameters().clearGradients();
      }
      optimiser.close();
      return parameter.values();
    }
  }

  @Test
  void addGradientsUpUntilTheyAreCleared() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      Tensor x = backend.tensor(origin("x"), Shape.of(2), new float[] {3, -1});
      Parameter parameter = backend.parameters().find("x").orElseThrow();
      for (int i = 1; i <= 2; i++) {
        try (TorchOps ops = backend.record()) {
          ops.backward(ops.sum(ops.multiply(x, x)));
        }
        assertThat(parameter.gradient().orElseThrow()).containsExactly(6 * i, -2 * i);
      }
      assertThat(backend.parameters().clipGradients(2))
          .isCloseTo(Math.sqrt(144 + 16), org.assertj.core.api.Assertions.within(1e-5));
      assertThat(backend.parameters().gradientNorm())
          .isCloseTo(2, org.assertj.core.api.Assertions.within(1e-5));
      backend.parameters().clearGradients();
      assertThat(parameter.gradient()).isEmpty();
    }
  }

  /** Handles of a thousand steps would take far more than the allowance for the collector. */
  @Test
  void leaveNothingBehindInAThousandSteps() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      Tensor x = backend.tensor(origin("x"), Shape.of(8, 64), Samples.normal(1, 512));
      Weight w = backend.pack(origin("w"), Samples.stored(2, Formats.F32, 64, 64));
      long before = 0;
      for (int step = 0; step < 1100; step++) {
        if (step == 100) {
          before = Pointer.totalBytes();
        }
        try (TorchOps ops = step % 2 == 0 ? backend.record() : backend.recordBlocks()) {
          int mark = ops.mark();
          Tensor y = x;
          for (int block = 0; block < 3; block++) {
            Tensor heads = ops.reshape(ops.linear(y, w), 8, 4, 16);
            AttentionSpec spec = AttentionSpec.causal(0, true, 3, 1);
            y = ops.attention(heads, heads, heads, spec, Past.packed(5, 3));
            y = ops.release(mark, ops.rmsNorm(y, 1e-6f));
          }
          ops.backward(ops.sum(y));
        }
        backend.parameters().clearGradients();
      }
      assertThat(Pointer.totalBytes() - before).isLessThan(64 << 10);
    }
  }
}
