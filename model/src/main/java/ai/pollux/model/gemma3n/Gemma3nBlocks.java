package ai.pollux.model.gemma3n;

import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.model.gemma3n.Gemma3nConfig.Layer;
import ai.pollux.model.loading.Range;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Attention;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds the blocks of one model in order, each knowing which cache layer it reads. */
final class Gemma3nBlocks {
  private final Gemma3nConfig config;
  private final Sizes sizes;
  private final Weights weights;
  private final Tensor ones;
  private final Tensor receivers;
  private final List<CacheLayer> cacheLayers = new ArrayList<>();

  Gemma3nBlocks(Gemma3nConfig config, Weights weights) {
    this.config = config;
    this.sizes = config.sizes();
    this.weights = weights;
    float[] values = new float[config.streams()];
    Arrays.fill(values, 1);
    ones = weights.constant(Shape.of(values.length), values.clone());
    values[0] = 0;
    receivers = weights.constant(Shape.of(values.length, 1), values);
  }

  Gemma3nBlock[] build() {
    Gemma3nBlock[] blocks = new Gemma3nBlock[config.layers().size()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = config.ownsKeys(i) ? owner(i) : reader(i, blocks[config.source(i)]);
    }
    return blocks;
  }

  /** The layers that own keys and values, once all blocks are built. */
  List<CacheLayer> cacheLayers() {
    return cacheLayers;
  }

  private Gemma3nBlock owner(int index) {
    int window = config.layers().get(index).isLocal() ? config.window() : AttentionSpec.UNBOUNDED;
    AttentionSpec spec = AttentionSpec.causal(cacheLayers.size(), true, window, 1);
    cacheLayers.add(new CacheLayer(window, sizes.kvHeads(), sizes.headSize()));
    return block(index, spec, keyValues(config.layers().get(index)));
  }

  /** Published files keep the projections that a reader of another's keys would have had. */
  private Gemma3nBlock reader(int index, Gemma3nBlock source) {
    Weights block = weights.block(config.layers().get(index).number());
    block.ignore("attention.key");
    block.ignore("attention.value");
    block.ignore("attention.keyNorm");
    AttentionSpec theirs = source.attention().spec();
    AttentionSpec spec = AttentionSpec.causal(theirs.layer(), false, theirs.window(), 1);
    return block(index, spec, source.keyValues());
  }

  private Gemma3nBlock block(int index, AttentionSpec spec, KeyValues keyValues) {
    Layer layer = config.layers().get(index);
    Weights block = weights.block(layer.number());
    int hidden = sizes.hiddenSize();
    float epsilon = sizes.epsilon();
    return new Gemma3nBlock(
        layer.isLocal(),
        spec.storesKeys(),
        config.lendsKeys(index),
        altUp(block),
        block.norm("attentionNorm", hidden, epsilon),
        laurel(block),
        keyValues,
        attention(layer, spec),
        block.norm("attentionOutputNorm", hidden, epsilon),
        block.norm("feedForwardNorm", hidden, epsilon),
        feedForward(layer),
        block.norm("feedForwardOutputNorm", hidden, epsilon),
        perLayer(block));
  }

  private AltUp altUp(Weights block) {
    int hidden = sizes.hiddenSize();
    int streams = config.streams();
    return new AltUp(
        config.activeStream(),
        block.norm("altUp.routerNorm", hidden, sizes.epsilon()),
        1f / hidden,
        block.matrix("altUp.router", streams, hidden),
        block.matrix("altUp.prediction", streams * streams, streams),
        block.matrix("altUp.correction", streams, streams),
        ones);
  }

  private Laurel laurel(Weights block) {
    int hidden = sizes.hiddenSize();
    return new Laurel(
        block.matrix("laurel.left", config.laurelRank(), hidden),
        block.matrix("laurel.right", hidden, config.laurelRank()),
        block.norm("laurel.norm", hidden, sizes.epsilon()));
  }

  private KeyValues keyValues(Layer layer) {
    Weights block = weights.block(layer.number());
    int width = sizes.kvHeads() * sizes.headSize();
    return new KeyValues(
        block.name("attention"),
        block.matrix("attention.key", width, sizes.hiddenSize()),
        block.matrix("attention.value", width, sizes.hiddenSize()),
        block.norm("attention.keyNorm", sizes.headSize(), sizes.epsilon()),
        new Norm.Plain(sizes.epsilon()),
        rope(layer),
        sizes.kvHeads(),
        sizes.headSize());
  }

  private Attention attention(Layer layer, AttentionSpec spec) {
    Weights block = weights.block(layer.number());
    int width = sizes.heads() * sizes.headSize();
    return new Attention(
        block.name("attention"),
        block.matrix("attention.query", width, sizes.hiddenSize()),
        block.norm("attention.queryNorm", sizes.headSize(), sizes.epsilon()),
        block.matrix("attention.output", sizes.hiddenSize(), width),
        rope(layer),
        spec,
        sizes.heads(),
        sizes.headSize());
  }

  private Rope rope(Layer layer) {
    return layer.isLocal() ? config.localRope() : config.globalRope();
  }

  private SparseMlp feedForward(Layer layer) {
    Weights block = weights.block(layer.number());
    int hidden = sizes.hiddenSize();
    int whole = layer.wholeFeedForwardSize();
    int taken = layer.feedForwardSize();
    Range[] first = {new Range(0, taken)};
    Range[] all = {new Range(0, hidden)};
    return new SparseMlp(
        block.slice("feedForward.gate", whole, hidden, first, hidden),
        block.slice("feedForward.up", whole, hidden, first, hidden),
        block.slice("feedForward.down", hidden, whole, all, taken),
        layer.deviations());
  }

  private PerLayer.Gate perLayer(Weights block) {
    int hidden = sizes.hiddenSize();
    return new PerLayer.Gate(
        block.vector("altUp.outputScale", hidden),
        block.matrix("perLayer.gate", config.perLayerSize(), hidden),
        block.matrix("perLayer.projection", hidden, config.perLayerSize()),
        block.norm("perLayer.norm", hidden, sizes.epsilon()),
        receivers);
  }
}
