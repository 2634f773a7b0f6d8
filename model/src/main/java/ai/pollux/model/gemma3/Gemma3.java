package ai.pollux.model.gemma3;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.model.gemma3.vision.Gemma3Vision;
import ai.pollux.model.loading.Ends;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.NameTable;
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
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Multimodal;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Rope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gemma 3: local and global layers, normalised queries and keys, GeGLU, norms on both sides; in all
 * but the smallest sizes a tower that sees, whose tokens of one image see each other in every
 * layer.
 */
public final class Gemma3 implements Family {
  @Override
  public String name() {
    return "gemma3";
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma3", "gemma3_text");
  }

  @Override
  public Set<String> projectors() {
    return Set.of("gemma3");
  }

  @Override
  public NameTable names(Format format) {
    return switch (format) {
      case HUGGING_FACE -> Gemma3Names.HUGGING_FACE;
      case GGUF -> Gemma3Names.GGUF;
    };
  }

  @Override
  public LanguageModel build(Settings settings, Weights all) {
    Gemma3Config config = Gemma3Config.of(settings, all);
    Sizes sizes = config.sizes();
    Weights weights = all.sizedBy(settings, sizes);
    Ends ends = Ends.of(settings, weights, sizes, true);
    Block[] blocks = new Block[sizes.layers()];
    List<CacheLayer> cache = new ArrayList<>();
    for (int i = 0; i < blocks.length; i++) {
      AttentionSpec spec = attention(config, i);
      blocks[i] = block(weights.block(i), config, spec);
      cache.add(new CacheLayer(spec.window(), sizes.kvHeads(), sizes.headSize()));
    }
    Norm finalNorm = weights.norm("finalNorm", sizes.hiddenSize(), sizes.epsilon());
    Optional<MediaEncoder> vision = Gemma3Vision.of(settings.whole(), all, sizes.hiddenSize());
    Decoder decoder =
        new Decoder(
            weights.info(name(), sizes, cache),
            new Embedding(ends.table(), (float) Math.sqrt(sizes.hiddenSize())),
            blocks,
            finalNorm,
            new Head(ends.head(), config.softcap()),
            weights.release());
    return Multimodal.of(decoder, vision.stream().toList());
  }

  private static AttentionSpec attention(Gemma3Config config, int layer) {
    int window = config.sliding()[layer] ? config.window() : AttentionSpec.UNBOUNDED;
    return new AttentionSpec(
        layer, true, window, config.queryScale(), config.attentionSoftcap(), true);
  }

  private static Block block(Weights weights, Gemma3Config config, AttentionSpec spec) {
    Sizes sizes = config.sizes();
    int hidden = sizes.hiddenSize();
    int queries = sizes.heads() * sizes.headSize();
    int keys = sizes.kvHeads() * sizes.headSize();
    float epsilon = sizes.epsilon();
    Rope rope = config.sliding()[spec.layer()] ? config.slidingRope() : config.fullRope();
    return new Block.Sandwich(
        weights.norm("attentionNorm", hidden, epsilon),
        new KeyValues(
            weights.name("attention"),
            weights.matrix("attention.key", keys, hidden),
            weights.matrix("attention.value", keys, hidden),
            weights.norm("attention.keyNorm", sizes.headSize(), epsilon),
            new Norm.None(),
            rope,
            sizes.kvHeads(),
            sizes.headSize()),
        new Attention(
            weights.name("attention"),
            weights.matrix("attention.query", queries, hidden),
            weights.norm("attention.queryNorm", sizes.headSize(), epsilon),
            weights.matrix("attention.output", hidden, queries),
            rope,
            spec,
            sizes.heads(),
            sizes.headSize()),
        weights.norm("attentionOutputNorm", hidden, epsilon),
        weights.norm("feedForwardNorm", hidden, epsilon),
        new GatedMlp(
            weights.name("feedForward"),
            weights.matrix("feedForward.gate", sizes.feedForwardSize(), hidden),
            weights.matrix("feedForward.up", sizes.feedForwardSize(), hidden),
            weights.matrix("feedForward.down", hidden, sizes.feedForwardSize()),
            Activation.GELU_TANH),
        weights.norm("feedForwardOutputNorm", hidden, epsilon));
  }
}
