package ai.pollux.tensor.simd;

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

/**
 * The operations of this backend: checks shapes, makes the result in the step's memory, runs the
 * kernel. One object per backend, used again for each step.
 */
final class SimdOps implements Ops {
  /** Values of the patches that a convolution unfolds at once: a few megabytes. */
  private static final int PATCH_VALUES = 1 << 20;

  private final Step step;
  private final LinearKernel linear;
  private final RowLinearKernel rowLinear;
  private final EmbedKernel embedding;
  private final CombineKernel combine;
  private final UnfoldKernel unfold;
  private final DepthwiseKernel depthwise;
  private final BroadcastKernel add;
  private final BroadcastKernel multiply;
  private final ScaleKernel scale;
  private final ClampKernel clamp;
  private final ActivationKernel activate;
  private final SoftcapKernel softcap;
  private final RmsNormKernel rmsNorm;
  private final LayerNormKernel layerNorm;
  private final MagnitudeKernel magnitude;
  private final GaussianTopKKernel gaussianTopK;
  private final SoftmaxKernel softmax;
  private final RopeKernel rope;
  private final RouteKernel route = new RouteKernel();
  private final ExpertRows experts = new ExpertRows();
  private final AttentionKernel attention;
  private final RelativeAttentionKernel relativeAttention;

  SimdOps(NativeMemory memory, WorkerPool pool) {
    step = new Step(memory);
    linear = new LinearKernel(memory, pool);
    rowLinear = new RowLinearKernel(pool);
    embedding = new EmbedKernel(linear);
    combine = new CombineKernel(pool);
    unfold = new UnfoldKernel(pool);
    depthwise = new DepthwiseKernel(pool);
    add = new BroadcastKernel(pool, false);
    multiply = new BroadcastKernel(pool, true);
    scale = new ScaleKernel(pool);
    clamp = new ClampKernel(pool);
    activate = new ActivationKernel(pool);
    softcap = new SoftcapKernel(pool);
    rmsNorm = new RmsNormKernel(pool);
    layerNorm = new LayerNormKernel(pool);
    magnitude = new MagnitudeKernel(pool);
    gaussianTopK = new GaussianTopKKernel(pool);
    softmax = new SoftmaxKernel(pool);
    rope = new RopeKernel(memory, pool);
    attention = new AttentionKernel(memory, pool);
    relativeAttention = new RelativeAttentionKernel(pool);
  }

  /** Starts a step. */
  void begin() {
    step.begin();
  }

  @Override
  public Tensor tensor(Shape shape, float[] values) {
    return step.make("tensor", values.length).like(shape).fill(values);
  }

  @Override
  public Tensor embed(int[] ids, Weight table, float scale) {
    Checks.embed(ids, table);
    int width = table.in();
    SimdTensor out = step.make("embed", (long) ids.length * width).axis(ids.length).axis(width);
    embedding.run(ids, table, scale, out);
    return out;
  }

  @Override
  public Tensor linear(Tensor x, Weight w) {
    Checks.linear(x, w);
    if (w instanceof Weight.LowRank lora) {
      Tensor low = linear(x, new Weight.Dense(lora.down()));
      Tensor change = linear(low, new Weight.Dense(lora.up()));
      return add(linear(x, lora.base()), scale(change, lora.scale()));
    }
    SimdTensor in = step.use("linear", x);
    SimdTensor out = step.make("linear", (long) x.size(0) * w.out()).axis(x.size(0)).axis(w.out());
    if (w instanceof PackedWeight packed) {
      linear.run(in, packed, out);
    } else {
      rowLinear.run(in, w, out);
    }
    return out;
  }

  @Override
  public Tensor combine(Tensor shares, Tensor x) {
    Checks.combine(shares, x);
    int results = shares.size(-2);
    SimdTensor out = step.make("combine", (long) x.size(0) * results * x.size(2));
    out.axis(x.size(0)).axis(results).axis(x.size(2));
    combine.run(step.use("combine", shares), step.use("combine", x), out);
    return out;
  }

  @Override
  public Tensor conv2d(Tensor x, Weight w, Convolution window) {
    Checks.conv2d(x, w, window);
    if (window.isPointwise()) {
      return linear(x, w);
    }
    SimdTensor in = step.use("conv2d", x);
    int pixels = window.outPixels();
    SimdTensor out = step.make("conv2d", (long) pixels * w.out()).axis(pixels).axis(w.out());
    int start = step.mark();
    int band = Math.max(1, PATCH_VALUES / Math.max(1, w.in()));
    for (int first = 0; first < pixels; first += band) {
      int count = Math.min(band, pixels - first);
      SimdTensor patches = step.make("conv2d", (long) count * w.in()).axis(count).axis(w.in());
      unfold.run(in, window, first, patches);
      long result = step.use("conv2d", linear(patches, w)).address();
      long rowBytes = 4L * w.out();
      Memory.copy(result, out.address() + first * rowBytes, count * rowBytes);
      step.release(start, out);
    }
    return out;
  }

  @Override
  public Tensor depthwise(Tensor x, Tensor kernel, Convolution window) {
    Checks.depthwise(x, kernel, window);
    int pixels = window.outPixels();
    SimdTensor out = step.make("depthwise", (long) pixels * x.size(1));
    out.axis(pixels).axis(x.size(1));
    depthwise.run(step.use("depthwise", x), step.use("depthwise", kernel), window, out);
    return out;
  }

  @Override
  public Tensor route(Tensor scores, int count) {
    Checks.route(scores, count);
    SimdTensor shares = make("route", scores);
    softmax.run(step.use("route", scores), shares);
    route.run(shares, count);
    return shares;
  }

  @Override
  public Tensor experts(
      Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    Checks.experts(x, routing, gateUp, down);
    SimdTensor out = make("experts", x);
    Memory.zero(out.address(), 4L * out.elements());
    experts.begin(step.use("experts", x), step.use("experts", routing), out);
    int start = step.mark();
    for (int e = 0; e < gateUp.length; e++) {
      int count = experts.route(e);
      if (count > 0) {
        SimdTensor rows = step.make("experts", (long) count * x.size(1));
        experts.gather(rows.axis(count).axis(x.size(1)));
        Tensor both = linear(rows, gateUp[e]);
        int size = both.size(1) / 2;
        Tensor hidden = gated(columns(both, 0, size), columns(both, size, size), activation);
        experts.scatter(step.use("experts", linear(hidden, down[e])), e);
        step.release(start, out);
      }
    }
    return out;
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return broadcast("add", add, a, b);
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return broadcast("multiply", multiply, a, b);
  }

  private SimdTensor broadcast(String operation, BroadcastKernel kernel, Tensor a, Tensor b) {
    Checks.broadcast(operation, a, b);
    SimdTensor out = make(operation, a);
    kernel.run(step.use(operation, a), step.use(operation, b), out);
    return out;
  }

  @Override
  public Tensor scale(Tensor x, float factor) {
    SimdTensor out = make("scale", x);
    scale.run(step.use("scale", x), factor, out);
    return out;
  }

  @Override
  public Tensor clamp(Tensor x, float least, float most) {
    Checks.clamp(least, most);
    SimdTensor out = make("clamp", x);
    clamp.run(step.use("clamp", x), least, most, out);
    return out;
  }

  @Override
  public Tensor activate(Tensor x, Activation activation) {
    SimdTensor out = make("activate", x);
    activate.run(step.use("activate", x), null, activation, out);
    return out;
  }

  @Override
  public Tensor gated(Tensor gate, Tensor up, Activation activation) {
    Checks.broadcast("gated", gate, up);
    if (gate.elements() != up.elements()) {
      return multiply(activate(gate, activation), up);
    }
    SimdTensor out = make("gated", gate);
    activate.run(step.use("gated", gate), step.use("gated", up), activation, out);
    return out;
  }

  @Override
  public Tensor softcap(Tensor x, float cap) {
    Checks.softcap(cap);
    SimdTensor out = make("softcap", x);
    softcap.run(step.use("softcap", x), cap, out);
    return out;
  }

  @Override
  public Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
    checkRows("rmsNorm", x);
    checkVector("rmsNorm", x, gain);
    SimdTensor out = make("rmsNorm", x);
    rmsNorm.run(step.use("rmsNorm", x), step.use("rmsNorm", gain), epsilon, out);
    return out;
  }

  @Override
  public Tensor rmsNorm(Tensor x, float epsilon) {
    checkRows("rmsNorm", x);
    SimdTensor out = make("rmsNorm", x);
    rmsNorm.run(step.use("rmsNorm", x), null, epsilon, out);
    return out;
  }

  @Override
  public Tensor layerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon) {
    checkRows("layerNorm", x);
    checkVector("layerNorm", x, gain);
    checkVector("layerNorm", x, bias);
    SimdTensor out = make("layerNorm", x);
    layerNorm.run(
        step.use("layerNorm", x),
        step.use("layerNorm", gain),
        step.use("layerNorm", bias),
        epsilon,
        out);
    return out;
  }

  @Override
  public Tensor matchMagnitude(Tensor x, Tensor like, float epsilon) {
    checkRows("matchMagnitude", x);
    Checks.same("matchMagnitude", x, like);
    SimdTensor out = make("matchMagnitude", x);
    magnitude.run(step.use("matchMagnitude", x), step.use("matchMagnitude", like), epsilon, out);
    return out;
  }

  @Override
  public Tensor gaussianTopK(Tensor x, float deviations) {
    checkRows("gaussianTopK", x);
    SimdTensor out = make("gaussianTopK", x);
    gaussianTopK.run(step.use("gaussianTopK", x), deviations, out);
    return out;
  }

  @Override
  public Tensor softmax(Tensor x) {
    checkRows("softmax", x);
    SimdTensor out = make("softmax", x);
    softmax.run(step.use("softmax", x), out);
    return out;
  }

  @Override
  public Tensor rope(Tensor x, Rope turn, Past past) {
    Checks.rope(x, turn, past);
    SimdTensor out = make("rope", x);
    rope.run(step.use("rope", x), turn, past, out);
    return out;
  }

  @Override
  public Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    Checks.attention(q, k, v, spec, past);
    if (past instanceof CachedPast cached && !(cached.cache() instanceof SimdKvCache)) {
      throw new IllegalArgumentException(
          "attention: the cache was made by another backend (%s)"
              .formatted(cached.cache().getClass().getName()));
    }
    SimdTensor out = step.make("attention", q.elements()).axis(q.size(0));
    out.axis(q.size(1) * q.size(2));
    attention.run(
        step.use("attention", q),
        step.use("attention", k),
        step.use("attention", v),
        spec,
        past,
        step.arena(),
        out);
    return out;
  }

  @Override
  public Tensor relativeAttention(
      Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    Checks.relativeAttention(q, k, v, distances, softcap, past);
    SimdTensor out = step.make("relativeAttention", q.elements()).axis(q.size(0));
    out.axis(q.size(1) * q.size(2));
    int start = step.mark();
    relativeAttention.run(
        step.use("relativeAttention", q),
        step.use("relativeAttention", k),
        step.use("relativeAttention", v),
        step.use("relativeAttention", distances),
        softcap,
        past,
        step.make("relativeAttention", (long) q.size(0) * q.size(1) * distances.size(0)),
        out);
    return step.release(start, out);
  }

  @Override
  public Tensor rows(Tensor x, int[] rows) {
    Checks.rows(x, rows);
    long bytes = 4L * x.size(1);
    long from = step.use("rows", x).address();
    SimdTensor out = step.make("rows", (long) rows.length * x.size(1));
    for (int r = 0; r < rows.length; r++) {
      Memory.copy(from + rows[r] * bytes, out.address() + r * bytes, bytes);
    }
    return out.axis(rows.length).axis(x.size(1));
  }

  @Override
  public Tensor place(Tensor x, int[] rows, Tensor values) {
    Checks.place(x, rows, values);
    long bytes = 4L * x.size(1);
    long from = step.use("place", x).address();
    long placed = step.use("place", values).address();
    SimdTensor out = make("place", x);
    Memory.copy(from, out.address(), bytes * x.size(0));
    for (int r = 0; r < rows.length; r++) {
      Memory.copy(placed + r * bytes, out.address() + rows[r] * bytes, bytes);
    }
    return out;
  }

  @Override
  public Tensor concatenate(Tensor a, Tensor b) {
    Checks.concatenate(a, b);
    long left = step.use("concatenate", a).address();
    long right = step.use("concatenate", b).address();
    int width = a.size(1) + b.size(1);
    SimdTensor out = step.make("concatenate", (long) a.size(0) * width);
    for (int t = 0; t < a.size(0); t++) {
      long to = out.address() + 4L * t * width;
      Memory.copy(left + 4L * t * a.size(1), to, 4L * a.size(1));
      Memory.copy(right + 4L * t * b.size(1), to + 4L * a.size(1), 4L * b.size(1));
    }
    return out.axis(a.size(0)).axis(width);
  }

  @Override
  public Tensor columns(Tensor x, int from, int count) {
    Checks.columns(x, from, count);
    if (x.size(0) == 1) {
      return step.view("columns", x, from).axis(1).axis(count);
    }
    long source = step.use("columns", x).address() + 4L * from;
    SimdTensor out = step.make("columns", (long) x.size(0) * count);
    for (int t = 0; t < x.size(0); t++) {
      Memory.copy(source + 4L * t * x.size(1), out.address() + 4L * t * count, 4L * count);
    }
    return out.axis(x.size(0)).axis(count);
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int columns) {
    if ((long) rows * columns != x.elements()) {
      Checks.reshape(x, Shape.of(rows, columns));
    }
    return step.view("reshape", x, 0).axis(rows).axis(columns);
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int heads, int headSize) {
    if ((long) rows * heads * headSize != x.elements()) {
      Checks.reshape(x, Shape.of(rows, heads, headSize));
    }
    return step.view("reshape", x, 0).axis(rows).axis(heads).axis(headSize);
  }

  private SimdTensor make(String operation, Tensor like) {
    return step.make(operation, like.elements()).like(like);
  }

  private static void checkRows(String operation, Tensor x) {
    if (x.rank() == 0) {
      throw new IllegalArgumentException(operation + ": expected at least one axis, found none");
    }
  }

  private static void checkVector(String operation, Tensor x, Tensor vector) {
    Checks.rank(operation, 1, vector);
    Checks.size(operation, "a vector of", x.size(-1), vector.size(0));
  }

  @Override
  public int mark() {
    return step.mark();
  }

  @Override
  public Tensor release(int mark, Tensor kept) {
    return step.release(mark, kept);
  }

  @Override
  public void close() {
    rope.endStep();
    step.end();
  }
}
