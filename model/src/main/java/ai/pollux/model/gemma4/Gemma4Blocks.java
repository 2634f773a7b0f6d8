package ai.pollux.model.gemma4;

import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Attention;
import ai.pollux.model.nn.GatedMlp;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.MixtureOfExperts;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/** Builds the blocks of one model in order, each knowing which cache layer it reads. */
final class Gemma4Blocks {
  private final Gemma4Config config;
  private final Sizes sizes;
  private final Weights weights;
  private final List<CacheLayer> cacheLayers = new ArrayList<>();

  Gemma4Blocks(Gemma4Config config, Weights weights) {
    this.config = config;
    this.sizes = config.sizes();
    this.weights = weights;
  }

  Gemma4Block[] build() {
    Gemma4Block[] blocks = new Gemma4Block[sizes.layers()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = config.ownsKeys(i) ? owner(i) : reader(i, blocks[config.source(i)]);
    }
    return blocks;
  }

  /** The layers that own keys and values, once all blocks are built. */
  List<CacheLayer> cacheLayers() {
    return cacheLayers;
  }

  private Gemma4Block owner(int layer) {
    int cacheLayer = cacheLayers.size();
    int window = config.sliding()[layer] ? config.window() : AttentionSpec.UNBOUNDED;
    cacheLayers.add(new CacheLayer(window, config.kvHeads()[layer], config.headSize(layer)));
    boolean looksAhead = config.looksAhead() && config.sliding()[layer];
    AttentionSpec spec = new AttentionSpec(cacheLayer, true, window, 1, 0, looksAhead);
    return block(layer, spec, keyValues(layer));
  }

  /** Published files keep the projections that a reader of another's keys would have had. */
  private Gemma4Block reader(int layer, Gemma4Block source) {
    Weights block = weights.block(layer);
    block.ignore("attention.key");
    block.ignore("attention.value");
    block.ignore("attention.keyNorm");
    AttentionSpec theirs = source.attention().spec();
    AttentionSpec spec =
        new AttentionSpec(
            theirs.layer(), false, theirs.window(), theirs.scale(), 0, theirs.looksAhead());
    return block(layer, spec, source.keyValues());
  }

  private Gemma4Block block(int layer, AttentionSpec spec, KeyValues keyValues) {
    Weights block = weights.block(layer);
    int hidden = sizes.hiddenSize();
    float epsilon = sizes.epsilon();
    return new Gemma4Block(
        config.sliding()[layer],
        spec.storesKeys(),
        config.lendsKeys(layer),
        block.norm("attentionNorm", hidden, epsilon),
        keyValues,
        attention(layer, spec),
        block.norm("attentionOutputNorm", hidden, epsilon),
        config.experts().count() > 0 ? mixed(layer) : dense(layer),
        block.norm("feedForwardOutputNorm", hidden, epsilon),
        block.values("scale", 1)[0]);
  }

  private KeyValues keyValues(int layer) {
    Weights block = weights.block(layer);
    int hidden = sizes.hiddenSize();
    int headSize = config.headSize(layer);
    int width = config.kvHeads()[layer] * headSize;
    Weight key = block.matrix("attention.key", width, hidden);
    boolean one = config.valuesFromKeys() && !config.sliding()[layer];
    if (one) {
      block.ignore("attention.value");
    }
    return new KeyValues(
        block.name("attention"),
        key,
        one ? key : block.matrix("attention.value", width, hidden),
        block.norm("attention.keyNorm", headSize, sizes.epsilon()),
        new Norm.Plain(sizes.epsilon()),
        rope(layer),
        config.kvHeads()[layer],
        headSize);
  }

  private Attention attention(int layer, AttentionSpec spec) {
    Weights block = weights.block(layer);
    int headSize = config.headSize(layer);
    int width = sizes.heads() * headSize;
    return new Attention(
        block.name("attention"),
        block.matrix("attention.query", width, sizes.hiddenSize()),
        block.norm("attention.queryNorm", headSize, sizes.epsilon()),
        block.matrix("attention.output", sizes.hiddenSize(), width),
        rope(layer),
        spec,
        sizes.heads(),
        headSize);
  }

  private Rope rope(int layer) {
    return config.sliding()[layer] ? config.localRope() : config.globalRope();
  }

  private FeedForward.Dense dense(int layer) {
    Weights block = weights.block(layer);
    int hidden = sizes.hiddenSize();
    int width = config.feedForwardSizes()[layer];
    return new FeedForward.Dense(
        block.norm("feedForwardNorm", hidden, sizes.epsilon()),
        new GatedMlp(
            block.name("feedForward"),
            block.matrix("feedForward.gate", width, hidden),
            block.matrix("feedForward.up", width, hidden),
            block.matrix("feedForward.down", hidden, width),
            Activation.GELU_TANH));
  }

  private FeedForward mixed(int layer) {
    Weights block = weights.block(layer);
    int hidden = sizes.hiddenSize();
    float epsilon = sizes.epsilon();
    Gemma4Config.Experts experts = config.experts();
    float rootOfSize = (float) (1 / Math.sqrt(hidden));
    Norm routerNorm = new Norm.Rms(block.vector("routerScale", hidden, rootOfSize), epsilon);
    Weight[] gateUp =
        block.has("experts.gate")
            ? block.joined("experts.gate", "experts.up", experts.count(), experts.size(), hidden)
            : block.matrices("experts.gateUp", experts.count(), 2 * experts.size(), hidden);
    return new FeedForward.Mixed(
        dense(layer),
        block.norm("denseNorm", hidden, epsilon),
        block.norm("expertsNorm", hidden, epsilon),
        new MixtureOfExperts(
            block.name("experts"),
            routerNorm,
            block.matrix("router", experts.count(), hidden),
            experts.taken(),
            block.vector("expertScale", experts.count()),
            gateUp,
            block.matrices("experts.down", experts.count(), hidden, experts.size()),
            Activation.GELU_TANH),
        block.norm("expertsOutputNorm", hidden, epsilon));
  }
}
