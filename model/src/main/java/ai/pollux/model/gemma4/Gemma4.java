package ai.pollux.model.gemma4;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.gemma4.audio.Gemma4Audio;
import ai.pollux.model.gemma4.vision.Gemma4Vision;
import ai.pollux.model.loading.Ends;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.Head;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Multimodal;
import ai.pollux.model.nn.Norm;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gemma 4, and its encoder-free member, whose text part is the same. */
public final class Gemma4 implements Family {
  @Override
  public String name() {
    return "gemma4";
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma4", "gemma4_text", "gemma4_unified", "gemma4_unified_text");
  }

  @Override
  public Set<String> projectors() {
    return Set.of("gemma4v", "gemma4a", "gemma4uv", "gemma4ua");
  }

  @Override
  public NameTable names(Format format) {
    return switch (format) {
      case HUGGING_FACE -> Gemma4Names.HUGGING_FACE;
      case GGUF -> Gemma4Names.GGUF;
    };
  }

  @Override
  public LanguageModel build(Settings settings, Weights all) {
    Gemma4Config config = Gemma4Config.of(settings, all);
    Sizes sizes = config.sizes();
    Weights weights = all.sizedBy(settings, sizes);
    Ends ends = Ends.of(settings, weights, sizes, true);
    Gemma4Blocks blocks = new Gemma4Blocks(config, weights);
    Gemma4Block[] built = blocks.build();
    PerLayer perLayer = perLayer(config, settings, weights);
    Norm finalNorm = weights.norm("finalNorm", sizes.hiddenSize(), sizes.epsilon());
    Optional<MediaEncoder> vision = Gemma4Vision.of(settings.whole(), all, sizes.hiddenSize());
    Optional<MediaEncoder> audio = Gemma4Audio.of(settings.whole(), all, sizes.hiddenSize());
    Gemma4Model decoder =
        new Gemma4Model(
            weights.info(name(), sizes, blocks.cacheLayers()),
            new Embedding(ends.table(), (float) Math.sqrt(sizes.hiddenSize())),
            perLayer,
            built,
            finalNorm,
            new Head(ends.head(), config.softcap()),
            weights.release());
    return Multimodal.of(decoder, Stream.of(vision, audio).flatMap(Optional::stream).toList());
  }

  private static PerLayer perLayer(Gemma4Config config, Settings settings, Weights weights) {
    int size = config.perLayerSize();
    if (size == 0) {
      return new PerLayer.None();
    }
    int hidden = config.sizes().hiddenSize();
    float epsilon = config.sizes().epsilon();
    PerLayer.Gate[] gates = new PerLayer.Gate[config.sizes().layers()];
    for (int i = 0; i < gates.length; i++) {
      Weights block = weights.block(i);
      gates[i] =
          new PerLayer.Gate(
              block.matrix("perLayer.gate", size, hidden),
              block.matrix("perLayer.projection", hidden, size),
              block.norm("perLayer.norm", hidden, epsilon));
    }
    int width = gates.length * size;
    return new PerLayer.Embedded(
        new Embedding(
            weights.table("perLayer.embedding", config.perLayerVocabulary(), width),
            (float) Math.sqrt(size)),
        Placeholders.of(settings),
        weights.matrix("perLayer.projection", width, hidden),
        (float) (1 / Math.sqrt(hidden)),
        weights.norm("perLayer.norm", size, epsilon),
        gates,
        size);
  }
}
