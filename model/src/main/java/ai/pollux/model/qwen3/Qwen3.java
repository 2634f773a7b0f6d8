package ai.pollux.model.qwen3;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.model.loading.Ends;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Ropes;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Attention;
import ai.pollux.model.nn.Block;
import ai.pollux.model.nn.Decoder;
import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.GatedMlp;
import ai.pollux.model.nn.Head;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Rope;
import java.util.Collections;
import java.util.Set;

/** Qwen 3: like Llama, with a norm on each head of queries and keys. */
public final class Qwen3 implements Family {
  private static final Sizes.Defaults DEFAULTS = new Sizes.Defaults(151_936, 32_768, 32, 32, 128);

  @Override
  public String name() {
    return "qwen3";
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("qwen3");
  }

  @Override
  public NameTable names(Format format) {
    return switch (format) {
      case HUGGING_FACE -> Qwen3Names.HUGGING_FACE;
      case GGUF -> Qwen3Names.GGUF;
    };
  }

  @Override
  public LanguageModel build(Settings settings, Weights all) {
    settings.refuse("attention_bias", "Qwen 3's projections have no bias");
    settings.expect("hidden_act", "silu");
    settings.refuse("use_sliding_window", "Qwen 3's published models do not use it");
    Sizes sizes = Sizes.of(settings, all, DEFAULTS);
    Weights weights = all.sizedBy(settings, sizes);
    Rope rope = rope(settings, weights, sizes.headSize());

    Ends ends = Ends.of(settings, weights, sizes, false);
    Block[] blocks = new Block[sizes.layers()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block(weights.block(i), sizes, rope, i);
    }
    Norm finalNorm = weights.norm("finalNorm", sizes.hiddenSize(), sizes.epsilon());
    CacheLayer cache = new CacheLayer(AttentionSpec.UNBOUNDED, sizes.kvHeads(), sizes.headSize());
    return new Decoder(
        weights.info(name(), sizes, Collections.nCopies(sizes.layers(), cache)),
        new Embedding(ends.table(), 1),
        blocks,
        finalNorm,
        new Head(ends.head(), 0),
        weights.release());
  }

  private static Rope rope(Settings settings, Weights weights, int headSize) {
    return switch (settings.format()) {
      case HUGGING_FACE -> Ropes.ofHuggingFace(settings, 1_000_000, headSize);
      case GGUF -> Ropes.ofGguf(settings, weights.ropeFactors(headSize / 2), headSize, false);
    };
  }

  private static Block block(Weights weights, Sizes sizes, Rope rope, int index) {
    int hidden = sizes.hiddenSize();
    int queries = sizes.heads() * sizes.headSize();
    int keys = sizes.kvHeads() * sizes.headSize();
    float scale = (float) (1 / Math.sqrt(sizes.headSize()));
    AttentionSpec spec = AttentionSpec.causal(index, true, AttentionSpec.UNBOUNDED, scale);
    return new Block.PreNorm(
        weights.norm("attentionNorm", hidden, sizes.epsilon()),
        new KeyValues(
            weights.name("attention"),
            weights.matrix("attention.key", keys, hidden),
            weights.matrix("attention.value", keys, hidden),
            weights.norm("attention.keyNorm", sizes.headSize(), sizes.epsilon()),
            new Norm.None(),
            rope,
            sizes.kvHeads(),
            sizes.headSize()),
        new Attention(
            weights.name("attention"),
            weights.matrix("attention.query", queries, hidden),
            weights.norm("attention.queryNorm", sizes.headSize(), sizes.epsilon()),
            weights.matrix("attention.output", hidden, queries),
            rope,
            spec,
            sizes.heads(),
            sizes.headSize()),
        weights.norm("feedForwardNorm", hidden, sizes.epsilon()),
        new GatedMlp(
            weights.name("feedForward"),
            weights.matrix("feedForward.gate", sizes.feedForwardSize(), hidden),
            weights.matrix("feedForward.up", sizes.feedForwardSize(), hidden),
            weights.matrix("feedForward.down", hidden, sizes.feedForwardSize()),
            Activation.SILU));
  }
}
