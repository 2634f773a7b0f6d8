package ai.pollux.engine;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.MediaInput;
import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.model.Tap;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A decoder small enough for the reference backend: one layer with a window of 5 tokens, one
 * without a window, random weights. Rows of a block look at each other in the first. Every token
 * hangs on the cache's contents, so a wrong page shows.
 */
final class TinyModel implements LanguageModel {
  static final int VOCABULARY = 48;
  static final int CONTEXT = 96;
  static final int WINDOW = 5;

  private static final int HEADS = 2;
  private static final int HEAD_SIZE = 4;
  static final int SIZE = HEADS * HEAD_SIZE;

  private final Weight table;
  private final Weight output;
  private final Weight[] mixes;
  private final Rope rope = Rope.standard(HEAD_SIZE, 100);

  /** What it says that it reads. */
  Set<MediaKind> media = Set.of(MediaKind.IMAGE, MediaKind.AUDIO);

  /** Steps whose rows hold this token fail. */
  volatile int poison = -1;

  TinyModel(Backend backend) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    table = weight(backend, random, VOCABULARY, SIZE);
    output = weight(backend, random, VOCABULARY, SIZE);
    mixes = new Weight[] {weight(backend, random, SIZE, SIZE), weight(backend, random, SIZE, SIZE)};
  }

  private static Weight weight(Backend backend, RandomGenerator random, int out, int in) {
    float[] values = new float[out * in];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Weight.Dense(backend.tensor(Shape.of(out, in), values));
  }

  @Override
  public ModelInfo info() {
    List<CacheLayer> layers =
        List.of(
            new CacheLayer(WINDOW, 1, HEAD_SIZE),
            new CacheLayer(AttentionSpec.UNBOUNDED, HEADS, HEAD_SIZE));
    return new ModelInfo("tiny", VOCABULARY, CONTEXT, SIZE, 2, layers, 512, 2048, media, 0);
  }

  @Override
  public Tensor embed(Ops ops, int[] ids) {
    for (int id : ids) {
      if (id == poison) {
        throw new IllegalArgumentException("token " + id + " is poison");
      }
    }
    return ops.embed(ids, table, 1);
  }

  @Override
  public Tensor decode(Ops ops, int[] ids, Tensor inputs, Past past, Tap tap) {
    Tensor x = block(ops, inputs, 0, 1, WINDOW, past);
    return ops.rmsNorm(block(ops, x, 1, HEADS, AttentionSpec.UNBOUNDED, past), 1e-6f);
  }

  private Tensor block(Ops ops, Tensor x, int layer, int kvHeads, int window, Past past) {
    int rows = x.size(0);
    Tensor q = ops.reshape(ops.linear(ops.rmsNorm(x, 1e-6f), mixes[layer]), rows, HEADS, HEAD_SIZE);
    Tensor kv = ops.reshape(ops.columns(x, 0, kvHeads * HEAD_SIZE), rows, kvHeads, HEAD_SIZE);
    AttentionSpec spec = new AttentionSpec(layer, true, window, 0.5f, 0, layer == 0);
    return ops.add(
        x, ops.attention(ops.rope(q, rope, past), ops.rope(kv, rope, past), kv, spec, past));
  }

  /** Patches and frames of 8 values are rows as they are. */
  @Override
  public Tensor encode(Ops ops, MediaInput input) {
    float[] values = input.values();
    if (Float.isNaN(values[0])) {
      throw new IllegalArgumentException("the picture is poison");
    }
    return ops.tensor(Shape.of(values.length / SIZE, SIZE), values);
  }

  @Override
  public Tensor logits(Ops ops, Tensor hidden) {
    return ops.linear(hidden, output);
  }

  @Override
  public void close() {}
}
