package ai.pollux.model.gemma3n;

import ai.pollux.model.loading.Layers;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.Ropes;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.tensor.Rope;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What Gemma 3n's models differ in.
 *
 * @param sizes of the layers in the file
 * @param layers what each layer is, of those that are taken
 * @param window how many positions a local layer sees
 * @param sharing how many of the last layers read keys and values of an earlier one
 * @param perLayerSize how many values of its own each layer gets for a token
 * @param perLayerVocabulary tokens that have such values
 * @param streams how many vectors a token is
 * @param activeStream which one is computed with
 * @param laurelRank rank of the learned residual
 * @param localRope rotation in local layers
 * @param globalRope rotation in global layers
 * @param softcap of the logits; 0 for none
 */
record Gemma3nConfig(
    Sizes sizes,
    List<Layer> layers,
    int window,
    int sharing,
    int perLayerSize,
    int perLayerVocabulary,
    int streams,
    int activeStream,
    int laurelRank,
    Rope localRope,
    Rope globalRope,
    float softcap) {
  private static final Sizes.Defaults DEFAULTS = new Sizes.Defaults(262_400, 32_768, 8, 2, 256);

  /** Tokens with per-layer values in published models; the converter to GGUF adds rows of zeros. */
  private static final int TEXT_VOCABULARY = 262_144;

  private static final int PATTERN = 5;
  private static final double LOCAL_THETA = 10_000;
  private static final double GLOBAL_THETA = 1_000_000;

  /**
   * One layer.
   *
   * @param number which one of the file
   * @param isLocal whether it has a sliding window
   * @param feedForwardSize F that is taken
   * @param wholeFeedForwardSize F of the file
   * @param deviations see {@link SparseMlp}
   */
  record Layer(
      int number,
      boolean isLocal,
      int feedForwardSize,
      int wholeFeedForwardSize,
      float deviations) {}

  static Gemma3nConfig of(Settings settings, Weights weights) {
    return switch (settings.format()) {
      case HUGGING_FACE -> ofHuggingFace(settings);
      case GGUF -> ofGguf(settings, weights);
    };
  }

  /** Whether a layer makes keys and values of its own. */
  boolean ownsKeys(int layer) {
    return layer < layers.size() - sharing;
  }

  /**
   * The layer whose keys and values a layer reads: itself, or the last one of its kind that makes
   * some; -1 if there is none.
   */
  int source(int layer) {
    int source = Math.min(layer, layers.size() - sharing - 1);
    while (source >= 0 && layers.get(source).isLocal() != layers.get(layer).isLocal()) {
      source--;
    }
    return source;
  }

  /** Whether later layers read a layer's keys and values. */
  boolean lendsKeys(int layer) {
    return IntStream.range(layers.size() - sharing, layers.size())
        .anyMatch(reader -> source(reader) == layer);
  }

  /**
   * The smaller model that a slice takes out.
   *
   * @throws ModelException if the slice does not fit
   */
  Gemma3nConfig sliced(ModelSlice slice) {
    int[] whole = layers.stream().mapToInt(Layer::wholeFeedForwardSize).toArray();
    int[] taken = slice.widths(whole, sharing, PATTERN);
    List<Layer> kept =
        layers.stream()
            .filter(each -> taken[each.number()] > 0)
            .map(each ->
                new Layer(
                    each.number(),
                    each.isLocal(),
                    taken[each.number()],
                    each.wholeFeedForwardSize(),
                    each.deviations()))
            .toList();
    int firstSharing = layers.size() - sharing;
    int keptSharing = (int) kept.stream().filter(each -> each.number() >= firstSharing).count();
    Gemma3nConfig config = withLayers(kept, keptSharing);
    int orphan = config.firstWithoutSource();
    if (orphan >= 0) {
      throw new ModelException(
          "the slice %s leaves out the layers whose keys and values layer %d reads. Keep a layer of its kind below layer %d"
              .formatted(slice, kept.get(orphan).number(), firstSharing));
    }
    return config;
  }

  private Gemma3nConfig withLayers(List<Layer> kept, int keptSharing) {
    return new Gemma3nConfig(
        sizes,
        kept,
        window,
        keptSharing,
        perLayerSize,
        perLayerVocabulary,
        streams,
        activeStream,
        laurelRank,
        localRope,
        globalRope,
        softcap);
  }

  private int firstWithoutSource() {
    return IntStream.range(0, layers.size())
        .filter(layer -> source(layer) < 0)
        .findFirst()
        .orElse(-1);
  }

  private Gemma3nConfig checked(Settings settings, String sharingKey) {
    int orphan = firstWithoutSource();
    if (orphan >= 0) {
      throw settings.wrong(
          sharingKey,
          "an earlier layer of layer %d's kind that owns keys and values".formatted(orphan));
    }
    return this;
  }

  static Gemma3nConfig ofHuggingFace(Settings s) {
    Sizes sizes = Sizes.ofHuggingFace(s, DEFAULTS);
    s.refuse("attention_bias", "Gemma 3n's projections have no bias");
    s.expect("hidden_activation", "gelu_pytorch_tanh");
    if (!s.flag("altup_correct_scale", true)) {
      throw s.wrong("altup_correct_scale", "true");
    }
    int layers = sizes.layers();
    int streams = s.integerOr("altup_num_inputs", 4, 1, 64);
    return new Gemma3nConfig(
            sizes,
            layers(
                Layers.sliding(s, layers, PATTERN),
                s.sizes("intermediate_size", layers),
                ActivationSparsity.deviations(s, layers)),
            s.size("sliding_window", 512),
            s.integerOr("num_kv_shared_layers", Math.min(15, layers - 1), 0, layers - 1),
            s.size("hidden_size_per_layer_input", 256),
            s.size("vocab_size_per_layer_input", TEXT_VOCABULARY),
            streams,
            s.integerOr("altup_active_idx", 0, 0, streams - 1),
            s.size("laurel_rank", 64),
            Layers.rope(
                s, "sliding_attention", "rope_local_base_freq", LOCAL_THETA, sizes.headSize()),
            Layers.rope(s, "full_attention", "rope_theta", GLOBAL_THETA, sizes.headSize()),
            (float) s.positive("final_logit_softcapping", 30))
        .checked(s, "num_kv_shared_layers");
  }

  private static List<Layer> layers(boolean[] sliding, int[] sizes, float[] deviations) {
    return IntStream.range(0, sizes.length)
        .mapToObj(i -> new Layer(i, sliding[i], sizes[i], sizes[i], deviations[i]))
        .toList();
  }

  private static Gemma3nConfig ofGguf(Settings s, Weights weights) {
    Sizes sizes = Sizes.ofGguf(s, weights);
    int layers = sizes.layers();
    int streams = s.integerOr("altup.num_inputs", 4, 1, 64);
    List<Number> scales = s.list("activation_sparsity_scale", layers, Number.class);
    float[] deviations = new float[layers];
    for (int i = 0; i < layers; i++) {
      deviations[i] = scales.get(i).floatValue();
    }
    return new Gemma3nConfig(
            sizes,
            layers(
                Layers.sliding(s, layers, PATTERN),
                s.sizes("feed_forward_length", layers),
                deviations),
            s.size("attention.sliding_window"),
            s.integerOr("attention.shared_kv_layers", 0, 0, layers - 1),
            s.size("embedding_length_per_layer_input"),
            Math.min(TEXT_VOCABULARY, weights.rows("perLayer.embedding")),
            streams,
            s.integerOr("altup.active_idx", 0, 0, streams - 1),
            weights.block(0).rows("laurel.left"),
            Rope.standard(sizes.headSize(), s.positive("rope.freq_base_swa", LOCAL_THETA)),
            Ropes.ofGguf(s, new float[0], sizes.headSize(), false),
            (float) s.positive("final_logit_softcapping", 30))
        .checked(s, "attention.shared_kv_layers");
  }
}
