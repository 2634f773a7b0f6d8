package ai.pollux.model.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.reference.ReferenceBackend;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every layer says its name when it gets rows of the wrong width. */
class EntryChecksTest {
  private final Backend backend = new ReferenceBackend();
  private final Ops ops = backend.open();
  private final Tensor narrow = ops.tensor(Shape.of(3, 2), new float[6]);
  private final Weight weight = new Weight.Dense(ops.tensor(Shape.of(4, 4), new float[16]));
  private final Rope rope = Rope.standard(4, 10_000);
  private final Past past = Past.packed(3);

  private static void refused(ThrowingCallable call, String layer) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(layer + ": expected input [T, 4], found [3, 2]");
  }

  @Test
  void keysAndValues() {
    KeyValues layer =
        new KeyValues(
            "blocks.1.attention", weight, weight, new Norm.None(), new Norm.None(), rope, 1, 4);
    refused(() -> layer.project(ops, narrow), "blocks.1.attention");
  }

  @Test
  void attention() {
    AttentionSpec spec = AttentionSpec.causal(0, true, AttentionSpec.UNBOUNDED, 1);
    Attention layer =
        new Attention("blocks.2.attention", weight, new Norm.None(), weight, rope, spec, 1, 4);
    refused(() -> layer.apply(ops, narrow, narrow, narrow, past), "blocks.2.attention");
  }

  @Test
  void feedForward() {
    GatedMlp layer = new GatedMlp("blocks.3.feedForward", weight, weight, weight, Activation.SILU);
    refused(() -> layer.apply(ops, narrow), "blocks.3.feedForward");
  }

  @Test
  void experts() {
    MixtureOfExperts layer =
        new MixtureOfExperts(
            "blocks.4.experts",
            new Norm.None(),
            weight,
            1,
            narrow,
            new Weight[] {weight},
            new Weight[] {weight},
            Activation.SILU);
    refused(() -> layer.routing(ops, narrow), "blocks.4.experts");
    refused(() -> layer.apply(ops, narrow, narrow), "blocks.4.experts");
  }

  @Test
  void head() {
    refused(() -> new Head(weight, 0).apply(ops, narrow), "head");
  }
}
