package ai.pollux.tensor.simd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Steps in steady state allocate no object, neither in the calling thread nor in the workers.
 *
 * <p>Vectors are objects until the compiler has been everywhere, which is seconds after the start,
 * and much later on a busy machine: steps are run until some rounds of them have allocated nothing.
 * A kernel that makes garbage makes it in every round.
 */
class NoGarbageTest {
  private static final int WIDTH = 256;
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int HEAD_SIZE = WIDTH / HEADS;
  private static final int POSITIONS = 96;
  private static final int PAGE_SIZE = 16;
  private static final int EXPERTS = 4;
  private static final Activation[] ACTIVATIONS = Activation.values();

  /** Steps per round. */
  private static final int STEPS = 50;

  /** One round could be free by chance: no compiler's change of mind fell into it. */
  private static final int FREE_ROUNDS = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @ParameterizedTest(name = "{0} sequences, cache {1}")
  @CsvSource({"1, F16", "5, BF16"})
  void decodingAllocatesNothing(int sequences, String cacheFormat) {
    Set<Thread> before = Threads.workers();
    try (SimdBackend backend = new SimdBackend(2);
        Decoding decoding =
            new Decoding(backend, sequences, Formats.named(cacheFormat).orElseThrow())) {
      long[] workers = Threads.since(before).stream().mapToLong(Thread::threadId).toArray();
      assertThat(workers).hasSize(1);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      long bytes = Long.MAX_VALUE;
      int free = 0;
      while (free < FREE_ROUNDS && System.nanoTime() < deadline) {
        long start = Threads.allocated(workers);
        decoding.steps();
        bytes = Threads.allocated(workers) - start;
        free = bytes == 0 ? free + 1 : 0;
      }
      assertThat(free)
          .as("rounds of %d steps without garbage; the last one made %d bytes", STEPS, bytes)
          .isEqualTo(FREE_ROUNDS);
    }
  }

  /** One row of some sequences a step, through every operation that decoding may use. */
  private static final class Decoding implements CachedPast, AutoCloseable {
    private final SimdBackend backend;
    private final KvCache cache;
    private final Weight table;
    private final List<Weight> square;
    private final Weight keyValue;
    private final Weight router;
    private final Weight[] gateUp = new Weight[EXPERTS];
    private final Weight[] down = new Weight[EXPERTS];
    private final Tensor gain;
    private final Tensor bias;
    private final Tensor headGain;
    private final Rope rope = Rope.standard(HEAD_SIZE, 10_000);
    private final AttentionSpec full =
        new AttentionSpec(0, true, AttentionSpec.UNBOUNDED, 0.125f, 50, false);
    private final AttentionSpec sliding = AttentionSpec.causal(1, true, 20, 0.125f);
    private final int[] ids;
    private final int[] outputs;
    private final float[] logits;
    private int position;

    Decoding(SimdBackend backend, int sequences, BlockFormat cacheFormat) {
      this.backend = backend;
      int pages = sequences * POSITIONS / PAGE_SIZE;
      KvCacheLayout.Layer layer = new KvCacheLayout.Layer(0, KV_HEADS, HEAD_SIZE);
      cache =
          backend.cache(
              new KvCacheLayout(
                  PAGE_SIZE,
                  List.of(new KvCacheLayout.Group(AttentionSpec.UNBOUNDED, pages)),
                  List.of(layer, layer),
                  cacheFormat));
      table = weight(Formats.Q6_K, 2 * WIDTH, WIDTH);
      square = Formats.ALL.stream().map(format -> weight(format, WIDTH, WIDTH)).toList();
      keyValue = weight(Formats.Q8_0, KV_HEADS * HEAD_SIZE, WIDTH);
      router = weight(Formats.F32, EXPERTS, WIDTH);
      for (int e = 0; e < EXPERTS; e++) {
        gateUp[e] = weight(Formats.Q4_K, 2 * WIDTH, WIDTH);
        down[e] = weight(Formats.Q4_0, WIDTH, WIDTH);
      }
      gain = backend.tensor(Shape.of(WIDTH), Samples.normal(1, WIDTH));
      bias = backend.tensor(Shape.of(WIDTH), Samples.normal(2, WIDTH));
      headGain = backend.tensor(Shape.of(HEAD_SIZE), Samples.normal(3, HEAD_SIZE));
      ids = new int[sequences];
      outputs = new int[] {sequences - 1};
      logits = new float[2 * WIDTH];
    }

    private Weight weight(BlockFormat format, int out, int in) {
      return backend.pack(Samples.stored(4, format, out, in));
    }

    void steps() {
      for (int i = 0; i < STEPS; i++) {
        try (Ops ops = backend.open()) {
          Tensor x = ops.embed(ids, table, 2);
          int mark = ops.mark();
          x = ops.release(mark, layer(ops, x, full));
          x = ops.release(mark, layer(ops, x, sliding));
          Tensor last = ops.layerNorm(ops.rows(x, outputs), gain, bias, 1e-6f);
          ops.softcap(ops.linear(last, table), 30).copyTo(0, logits, 0, logits.length);
        }
        position = (position + 1) % POSITIONS;
      }
    }

    private Tensor layer(Ops ops, Tensor x, AttentionSpec spec) {
      int rows = ids.length;
      Tensor normed = ops.rmsNorm(x, gain, 1e-6f);
      Tensor q = ops.reshape(ops.linear(normed, square.getFirst()), rows, HEADS, HEAD_SIZE);
      Tensor k = ops.reshape(ops.linear(normed, keyValue), rows, KV_HEADS, HEAD_SIZE);
      q = ops.rope(ops.rmsNorm(q, headGain, 1e-6f), rope, this);
      Tensor seen = ops.attention(q, ops.rope(k, rope, this), ops.rmsNorm(k, 1e-6f), spec, this);
      for (int i = 0; i < square.size(); i++) {
        x = ops.add(x, ops.scale(ops.linear(seen, square.get(i)), 0.1f));
      }
      Tensor h = ops.rmsNorm(x, 1e-6f);
      Tensor mixed =
          ops.experts(h, ops.route(ops.linear(h, router), 2), gateUp, down, Activation.GELU_TANH);
      Tensor half = ops.columns(ops.linear(h, gateUp[0]), 3, WIDTH);
      Tensor sparse = ops.matchMagnitude(ops.gaussianTopK(half, 1), x, 1e-6f);
      for (Activation activation : ACTIVATIONS) {
        sparse = ops.gated(sparse, ops.clamp(half, -1, 1), activation);
      }
      return ops.add(x, ops.multiply(mixed, ops.activate(ops.softmax(sparse), Activation.SILU)));
    }

    @Override
    public KvCache cache() {
      return cache;
    }

    @Override
    public int page(int group, int sequence, int block) {
      return block * ids.length + sequence;
    }

    @Override
    public int rows() {
      return ids.length;
    }

    @Override
    public int sequences() {
      return ids.length;
    }

    @Override
    public int firstRow(int sequence) {
      return sequence;
    }

    @Override
    public int position(int row) {
      return position;
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
