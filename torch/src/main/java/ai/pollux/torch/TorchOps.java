package ai.pollux.torch;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.Checks;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * The operations of one step on libtorch. What {@link TorchBackend#record} opens remembers what was
 * computed, for {@link #backward}; what the others open does not.
 *
 * <p>While recording, a value that is not a number may spoil rows of its sequence that do not see
 * it, and a row's last bits may depend on how many others there are. Both hold as {@link Ops} says
 * in what {@link TorchBackend#open} opens.
 */
public final class TorchOps implements Ops {
  /** What a step is for. */
  enum Mode {
    /** Results as {@link Ops} promises them. */
    EXACT,
    /** As fast as can be. */
    FAST,
    /** As fast as can be, with gradients. */
    RECORDING
  }

  private final Values values;
  private final Mode mode;
  private final Handles handles = new Handles();
  private final Handles lasting = new Handles();
  private final OwnGradients own = new OwnGradients();
  private final Rows rows;
  private final Matrices matrices;
  private final Rotation rotation;
  private final PackedAttention attention;
  private final RelativeAttention relative;
  private final Recomputation recomputation;

  TorchOps(TorchSettings settings, Mode mode, boolean recomputes) {
    this.mode = mode;
    boolean half = mode != Mode.EXACT && settings.precision() == TorchSettings.Precision.BF16;
    values = new Values(settings.device());
    rows = new Rows(values);
    matrices = new Matrices(values, rows, mode == Mode.EXACT, half);
    rotation = new Rotation(values, lasting, own);
    attention = new PackedAttention(values, lasting);
    relative = new RelativeAttention(values, rows);
    recomputation = new Recomputation(mode == Mode.RECORDING && recomputes, own);
  }

  /** libtorch's own tensor behind one of ours. */
  static org.bytedeco.pytorch.Tensor handle(Tensor tensor) {
    if (tensor instanceof TorchTensor ours) {
      return ours.handle();
    }
    throw new IllegalArgumentException(
        "a tensor %s was made by another backend (%s); make it with the one that computes"
            .formatted(tensor.shape(), tensor.getClass().getName()));
  }

  private Tensor run(
      String operation, Supplier<org.bytedeco.pytorch.Tensor> body, Tensor... arguments) {
    GradMode.set_enabled(mode == Mode.RECORDING);
    try (PointerScope _ = new PointerScope()) {
      TorchTensor made = handles.keep(body.get());
      recomputation.made(made, body, arguments);
      return made;
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused(operation, e, arguments);
    } finally {
      GradMode.set_enabled(true);
    }
  }

  private static TorchException refused(String operation, RuntimeException e, Tensor... given) {
    String shapes =
        Stream.of(given).map(x -> x.shape().toString()).collect(Collectors.joining(", "));
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new TorchException(
        operation, "libtorch refused arguments of shapes %s: %s".formatted(shapes, reason), e);
  }

  // ---- making tensors ----

  @Override
  public Tensor tensor(Shape shape, float[] given) {
    if (shape.elements() != given.length) {
      throw new IllegalArgumentException(
          "a tensor %s has %d values, found %d".formatted(shape, shape.elements(), given.length));
    }
    return constant(shape, given);
  }

  private Tensor constant(Shape shape, float[] given) {
    try (PointerScope _ = new PointerScope()) {
      return handles.keep(values.floats(given, TorchBackend.sizes(shape)));
    }
  }

  @Override
  public Tensor embed(int[] ids, Weight table, float scale) {
    Checks.embed(ids, table);
    return run("embed", () -> matrices.embed(ids, table, scale));
  }

  // ---- matrices ----

  @Override
  public Tensor linear(Tensor x, Weight w) {
    Checks.linear(x, w);
    return run("linear", () -> matrices.linear(handle(x), w), x);
  }

  @Override
  public Tensor experts(
      Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    Checks.experts(x, routing, gateUp, down);
    return run(
        "experts",
        () -> matrices.experts(handle(x), handle(routing), gateUp, down, activation),
        x,
        routing);
  }

  @Override
  public Tensor route(Tensor scores, int count) {
    Checks.route(scores, count);
    return run("route", () -> Matrices.route(handle(scores), count), scores);
  }

  @Override
  public Tensor combine(Tensor shares, Tensor x) {
    Checks.combine(shares, x);
    return run("combine", () -> Matrices.combine(handle(shares), handle(x)), shares, x);
  }

  // ---- images ----

  @Override
  public Tensor conv2d(Tensor x, Weight w, Convolution window) {
    Checks.conv2d(x, w, window);
    return run(
        "conv2d",
        () ->
            matrices.linear(rows.windows(handle(x), window).reshape(window.outPixels(), w.in()), w),
        x);
  }

  @Override
  public Tensor depthwise(Tensor x, Tensor kernel, Convolution window) {
    Checks.depthwise(x, kernel, window);
    return run("depthwise", () -> rows.depthwise(handle(x), handle(kernel), window), x, kernel);
  }

  // ---- each value on its own ----

  @Override
  public Tensor add(Tensor a, Tensor b) {
    Checks.broadcast("add", a, b);
    return run("add", () -> handle(a).add(handle(b)), a, b);
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    Checks.broadcast("multiply", a, b);
    return run("multiply", () -> handle(a).mul(handle(b)), a, b);
  }

  @Override
  public Tensor scale(Tensor x, float factor) {
    return run("scale", () -> handle(x).mul(new Scalar((double) factor)), x);
  }

  @Override
  public Tensor activate(Tensor x, Activation activation) {
    return run("activate", () -> Elementwise.activate(handle(x), activation), x);
  }

  @Override
  public Tensor gated(Tensor gate, Tensor up, Activation activation) {
    Checks.same("gated", gate, up);
    return run(
        "gated", () -> Elementwise.activate(handle(gate), activation).mul(handle(up)), gate, up);
  }

  @Override
  public Tensor softcap(Tensor x, float cap) {
    Checks.softcap(cap);
    return run("softcap", () -> Elementwise.softcap(handle(x), cap), x);
  }

  @Override
  public Tensor clamp(Tensor x, float least, float most) {
    Checks.clamp(least, most);
    return run("clamp", () -> Elementwise.clamp(handle(x), least, most), x);
  }

  // ---- over the innermost axis ----

  @Override
  public Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
    Checks.rowwise("rmsNorm", x, gain);
    return run("rmsNorm", () -> rms(handle(x), Optional.of(handle(gain)), epsilon), x, gain);
  }

  @Override
  public Tensor rmsNorm(Tensor x, float epsilon) {
    Checks.rowwise("rmsNorm", x);
    return run("rmsNorm", () -> rms(handle(x), Optional.empty(), epsilon), x);
  }

  private org.bytedeco.pytorch.Tensor rms(
      org.bytedeco.pytorch.Tensor x, Optional<org.bytedeco.pytorch.Tensor> gain, float epsilon) {
    if (Norms.isOwn(x, gain)) {
      return Norms.rms(own, x, gain, epsilon);
    }
    return gain.isPresent() ? Norms.rms(x, epsilon).mul(gain.get()) : Norms.rms(x, epsilon);
  }

  @Override
  public Tensor layerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon) {
    Checks.rowwise("layerNorm", x, gain, bias);
    return run(
        "layerNorm",
        () -> Norms.layer(handle(x), handle(gain), handle(bias), epsilon),
        x,
        gain,
        bias);
  }

  @Override
  public Tensor matchMagnitude(Tensor x, Tensor like, float epsilon) {
    Checks.rowwise("matchMagnitude", x);
    Checks.same("matchMagnitude", x, like);
    return run(
        "matchMagnitude", () -> Norms.matchMagnitude(handle(x), handle(like), epsilon), x, like);
  }

  @Override
  public Tensor gaussianTopK(Tensor x, float deviations) {
    Checks.rowwise("gaussianTopK", x);
    return run("gaussianTopK", () -> Norms.gaussianTopK(handle(x), deviations), x);
  }

  @Override
  public Tensor softmax(Tensor x) {
    Checks.rowwise("softmax", x);
    return run("softmax", () -> Norms.softmax(handle(x)), x);
  }

  @Override
  public Tensor cumulativeNorm(Tensor x, float epsilon) {
    Checks.rank("cumulativeNorm", 2, x);
    return run("cumulativeNorm", () -> Norms.cumulative(handle(x), epsilon), x);
  }

  // ---- tokens and heads ----

  @Override
  public Tensor rope(Tensor x, Rope rope, Past past) {
    Checks.rope(x, rope, past);
    return run("rope", () -> rotation.apply(handle(x), rope, past), x);
  }

  /** Over a cache by the definition, which keeps no gradients. */
  @Override
  public Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    Checks.attention(q, k, v, spec, past);
    Checks.visible(spec, past);
    boolean cached = past instanceof CachedPast;
    if (cached && mode == Mode.RECORDING) {
      throw new IllegalArgumentException(
          "attention: a cache keeps no gradients. Record steps of whole sequences, without one");
    }
    boolean plain = !cached && (mode != Mode.EXACT || isFinite(k, v));
    return plain
        ? run(
            "attention",
            () -> attention.apply(handle(q), handle(k), handle(v), spec, past),
            q,
            k,
            v)
        : Ops.super.attention(q, k, v, spec, past);
  }

  private static boolean isFinite(Tensor k, Tensor v) {
    try (PointerScope _ = new PointerScope()) {
      return PackedAttention.isFinite(handle(k), handle(v));
    }
  }

  @Override
  public Tensor relativeAttention(
      Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    Checks.relativeAttention(q, k, v, distances, softcap, past);
    return run(
        "relativeAttention",
        () -> relative.apply(handle(q), handle(k), handle(v), handle(distances), softcap, past),
        q,
        k,
        v,
        distances);
  }

  // ---- other views of the same values ----

  @Override
  public Tensor reshape(Tensor x, int rowCount, int columns) {
    return reshape(x, Shape.of(rowCount, columns));
  }

  @Override
  public Tensor reshape(Tensor x, int rowCount, int heads, int headSize) {
    return reshape(x, Shape.of(rowCount, heads, headSize));
  }

  private Tensor reshape(Tensor x, Shape shape) {
    Checks.reshape(x, shape);
    return run("reshape", () -> handle(x).reshape(TorchBackend.sizes(shape)), x);
  }

  @Override
  public Tensor rows(Tensor x, int[] taken) {
    Checks.rows(x, taken);
    return run("rows", () -> rows.take(handle(x), taken), x);
  }

  @Override
  public Tensor place(Tensor x, int[] places, Tensor replacing) {
    Checks.place(x, places, replacing);
    return run("place", () -> rows.place(handle(x), places, handle(replacing)), x, replacing);
  }

  @Override
  public Tensor columns(Tensor x, int from, int count) {
    Checks.columns(x, from, count);
    return run("columns", () -> handle(x).narrow(1, from, count).contiguous(), x);
  }

  @Override
  public Tensor concatenate(Tensor a, Tensor b) {
    Checks.concatenate(a, b);
    return run("concatenate", () -> Rows.joined(handle(a), handle(b), 1), a, b);
  }

  // ---- losses ----

  /**
   * The mean over rows of -log softmax(logits)[label]: [N, V] → [1].
   *
   * @param labels a token for each row
   */
  public Tensor crossEntropy(Tensor logits, int[] labels) {
    labels("crossEntropy", logits, labels);
    return run(
        "crossEntropy", () -> Losses.crossEntropy(handle(logits), values.indices(labels)), logits);
  }

  /** log softmax(logits)[label] of each row: [N, V] → [N]. */
  public Tensor logProbabilities(Tensor logits, int[] labels) {
    labels("logProbabilities", logits, labels);
    return run(
        "logProbabilities",
        () -> Losses.logProbabilities(handle(logits), values.indices(labels)),
        logits);
  }

  /** The sum of all values: → [1]. */
  public Tensor sum(Tensor x) {
    return run("sum", () -> Values.full(handle(x)).sum().reshape(1), x);
  }

  /**
   * -log σ(margin), by which preferences are learned: [1] → [1]. With margins of log-probabilities,
   * <a href="https://arxiv.org/abs/2305.18290">arXiv 2305.18290</a>; with those of rewards, <a
   * href="https://arxiv.org/abs/2203.02155">arXiv 2203.02155</a>.
   */
  public Tensor preferenceLoss(Tensor margin) {
    return run("preferenceLoss", () -> Losses.preference(handle(margin)), margin);
  }

  private static void labels(String operation, Tensor logits, int[] labels) {
    Checks.rank(operation, 2, logits);
    Checks.size(operation, "labels", logits.size(0), labels.length);
    Arrays.stream(labels)
        .filter(label -> label < 0 || label >= logits.size(1))
        .findFirst()
        .ifPresent(label -> {
          throw new IllegalArgumentException(
              "%s: expected labels from 0 to %d, found %d"
                  .formatted(operation, logits.size(1) - 1, label));
        });
    if (labels.length == 0) {
      throw new IllegalArgumentException(operation + ": expected at least one label, found none");
    }
  }

  /**
   * Adds the gradients of a loss to those of all parameters. Once for each step.
   *
   * @param loss [1], made by this step
   */
  public void backward(Tensor loss) {
    Checks.size("backward", "values of the loss", 1, loss.elements());
    if (mode != Mode.RECORDING) {
      throw new IllegalStateException("backward: this step was not recorded. Open it by record()");
    }
    try (PointerScope _ = new PointerScope()) {
      handle(loss)
          .backward(
              new org.bytedeco.pytorch.Tensor(),
              new BoolOptional(recomputation.hasCuts()),
              false,
              new TensorArrayRefOptional());
      recomputation.backward();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refused("backward", e, loss);
    }
  }

  // ---- memory within a step ----

  @Override
  public int mark() {
    recomputation.mark(handles.count());
    return handles.count();
  }

  @Override
  public Tensor release(int mark, Tensor kept) {
    recomputation.release(mark, kept);
    handles.release(mark, kept);
    return kept;
  }

  @Override
  public void close() {
    recomputation.close();
    handles.close();
    lasting.close();
    own.close();
  }
}
