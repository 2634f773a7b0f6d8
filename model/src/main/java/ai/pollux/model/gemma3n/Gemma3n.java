package ai.pollux.model.gemma3n;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.gemma3n.Gemma3nConfig.Layer;
import ai.pollux.model.gemma3n.audio.Gemma3nAudio;
import ai.pollux.model.gemma3n.audio.Gemma3nAudio.Hearing;
import ai.pollux.model.loading.Ends;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.MatFormer;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Range;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.Head;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Multimodal;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Gemma 3n, E2B and E4B, and what lies between them. */
public final class Gemma3n implements MatFormer {
  /** The first tokens with rows in the encoders' tables, in published models. */
  private static final int FIRST_SEEN = 262_144;

  private static final int FIRST_HEARD = 262_272;

  @Override
  public String name() {
    return "gemma3n";
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma3n", "gemma3n_text");
  }

  @Override
  public Set<String> projectors() {
    return Set.of("gemma3nv", "gemma3na");
  }

  @Override
  public NameTable names(Format format) {
    return switch (format) {
      case HUGGING_FACE -> Gemma3nNames.HUGGING_FACE;
      case GGUF -> Gemma3nNames.GGUF;
    };
  }

  @Override
  public LanguageModel build(Settings settings, Weights all) {
    return build(settings, all, Gemma3nConfig.of(settings, all));
  }

  @Override
  public LanguageModel build(Settings settings, Weights all, ModelSlice slice) {
    return build(settings, all, Gemma3nConfig.of(settings, all).sliced(slice));
  }

  private LanguageModel build(Settings settings, Weights all, Gemma3nConfig config) {
    Sizes sizes = config.sizes();
    Weights weights = all.sizedBy(settings, sizes);
    Ends ends = Ends.of(settings, weights, sizes, true);
    Gemma3nBlocks blocks = new Gemma3nBlocks(config, weights);
    Gemma3nBlock[] built = blocks.build();
    PerLayer perLayer = perLayer(config, weights);
    Streams streams =
        new Streams(
            streams(config, weights, "projection"), streams(config, weights, "unembedding"));
    Norm finalNorm = weights.norm("finalNorm", sizes.hiddenSize(), sizes.epsilon());
    skipOthers(config, weights);
    Settings whole = settings.whole();
    Optional<Gemma3nVision> vision = Gemma3nVision.of(whole, all, sizes.hiddenSize());
    Optional<Hearing> audio = Gemma3nAudio.of(whole, all, sizes.hiddenSize());
    Gemma3nModel decoder =
        new Gemma3nModel(
            weights.info(name(), sizes.withLayers(built.length), blocks.cacheLayers()),
            new Embedding(ends.table(), (float) Math.sqrt(sizes.hiddenSize())),
            hardTokens(whole, vision, audio),
            perLayer,
            streams,
            built,
            finalNorm,
            new Head(ends.head(), config.softcap()),
            weights.release());
    List<MediaEncoder> encoders = new ArrayList<>();
    vision.ifPresent(encoders::add);
    audio.map(Hearing::tower).ifPresent(encoders::add);
    return Multimodal.of(decoder, encoders);
  }

  /** The tokens that have rows in the tables of what sees and what hears. */
  private static HardTokens[] hardTokens(
      Settings whole, Optional<Gemma3nVision> vision, Optional<Hearing> audio) {
    List<HardTokens> tokens = new ArrayList<>();
    vision.ifPresent(each ->
        tokens.add(new HardTokens(each.embedder(), first(whole, "vision_config", FIRST_SEEN))));
    audio.ifPresent(each ->
        tokens.add(new HardTokens(each.embedder(), first(whole, "audio_config", FIRST_HEARD))));
    return tokens.toArray(HardTokens[]::new);
  }

  private static int first(Settings whole, String encoder, int otherwise) {
    return switch (whole.format()) {
      case HUGGING_FACE -> whole.section(encoder).integerOr("vocab_offset", otherwise, 0, 1 << 24);
      case GGUF -> otherwise;
    };
  }

  /** One matrix for each stream but the first: in files one by one, or all in one tensor. */
  private static Weight[] streams(Gemma3nConfig config, Weights weights, String part) {
    int count = config.streams() - 1;
    int hidden = config.sizes().hiddenSize();
    String together = "altUp." + part + "s";
    if (weights.has(together)) {
      return weights.matrices(together, count, hidden, hidden);
    }
    return IntStream.range(0, count)
        .mapToObj(i -> weights.matrix("altUp." + i + "." + part, hidden, hidden))
        .toArray(Weight[]::new);
  }

  private static PerLayer perLayer(Gemma3nConfig config, Weights weights) {
    int size = config.perLayerSize();
    int hidden = config.sizes().hiddenSize();
    int whole = config.sizes().layers() * size;
    Range[] taken = taken(config);
    int rows = weights.rows("perLayer.embedding");
    return new PerLayer(
        new Embedding(weights.table("perLayer.embedding", rows, whole), (float) Math.sqrt(size)),
        Math.min(rows, config.perLayerVocabulary()),
        taken,
        weights.slice("perLayer.projection", whole, hidden, taken, hidden),
        (float) (1 / Math.sqrt(hidden)),
        weights.norm("perLayer.norm", size, config.sizes().epsilon()),
        size);
  }

  /** Where the values of the layers that are taken lie among those of all, neighbours together. */
  private static Range[] taken(Gemma3nConfig config) {
    int size = config.perLayerSize();
    List<Range> ranges = new ArrayList<>();
    for (Layer layer : config.layers()) {
      int from = layer.number() * size;
      if (!ranges.isEmpty() && ranges.getLast().end() == from) {
        Range last = ranges.removeLast();
        ranges.add(new Range(last.from(), last.count() + size));
      } else {
        ranges.add(new Range(from, size));
      }
    }
    return ranges.toArray(Range[]::new);
  }

  private static void skipOthers(Gemma3nConfig config, Weights weights) {
    Set<Integer> taken = Set.copyOf(config.layers().stream().map(Layer::number).toList());
    for (int layer = 0; layer < config.sizes().layers(); layer++) {
      if (!taken.contains(layer)) {
        weights.block(layer).ignoreAll();
      }
    }
  }
}
