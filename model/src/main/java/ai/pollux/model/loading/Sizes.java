package ai.pollux.model.loading;

/**
 * The sizes that every decoder has.
 *
 * @param vocabulary V
 * @param contextLength the most positions it was made for
 * @param hiddenSize D
 * @param feedForwardSize F
 * @param layers how many blocks
 * @param heads H
 * @param kvHeads G
 * @param headSize K
 * @param epsilon ε of its norms
 */
public record Sizes(
    int vocabulary,
    int contextLength,
    int hiddenSize,
    int feedForwardSize,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    float epsilon) {

  /** What a family's {@code config.json} means where it leaves a key out; 0 for D / H. */
  public record Defaults(int vocabulary, int contextLength, int heads, int kvHeads, int headSize) {}

  /** The sizes in a checkpoint's settings. */
  public static Sizes of(Settings settings, Weights weights, Defaults defaults) {
    return switch (settings.format()) {
      case HUGGING_FACE -> ofHuggingFace(settings, defaults);
      case GGUF -> ofGguf(settings, weights);
    };
  }

  /** The same sizes but for the head size. */
  public Sizes withHeadSize(int size) {
    return new Sizes(
        vocabulary,
        contextLength,
        hiddenSize,
        feedForwardSize,
        layers,
        heads,
        kvHeads,
        size,
        epsilon);
  }

  /** The same sizes but for the number of blocks. */
  public Sizes withLayers(int count) {
    return new Sizes(
        vocabulary,
        contextLength,
        hiddenSize,
        feedForwardSize,
        count,
        heads,
        kvHeads,
        headSize,
        epsilon);
  }

  private Sizes checked(Settings settings, String kvHeadsKey) {
    if (heads % kvHeads != 0) {
      throw settings.wrong(kvHeadsKey, "a divisor of the %d query heads".formatted(heads));
    }
    return this;
  }

  /** The sizes in a {@code config.json}. */
  public static Sizes ofHuggingFace(Settings s, Defaults defaults) {
    int heads = s.size("num_attention_heads", defaults.heads());
    int hiddenSize = s.size("hidden_size");
    int layers = s.layers("num_hidden_layers");
    int headSize = defaults.headSize() > 0 ? defaults.headSize() : Math.max(1, hiddenSize / heads);
    return new Sizes(
            s.size("vocab_size", defaults.vocabulary()),
            s.size("max_position_embeddings", defaults.contextLength()),
            hiddenSize,
            s.sizes("intermediate_size", layers)[0],
            layers,
            heads,
            s.size("num_key_value_heads", defaults.kvHeads() > 0 ? defaults.kvHeads() : heads),
            s.headSize("head_dim", headSize),
            (float) s.positive("rms_norm_eps", 1e-6))
        .checked(s, "num_key_value_heads");
  }

  /** The sizes in a GGUF's metadata, which leaves the vocabulary to the embedding. */
  public static Sizes ofGguf(Settings s, Weights weights) {
    int layers = s.layers("block_count");
    int heads = s.size("attention.head_count");
    int hiddenSize = s.size("embedding_length");
    return new Sizes(
            weights.rows("embedding"),
            s.size("context_length"),
            hiddenSize,
            s.sizes("feed_forward_length", layers)[0],
            layers,
            heads,
            s.has("attention.head_count_kv")
                ? s.sizes("attention.head_count_kv", layers)[0]
                : heads,
            s.headSize("attention.key_length", Math.max(1, hiddenSize / heads)),
            (float) s.positive("attention.layer_norm_rms_epsilon"))
        .checked(s, "attention.head_count_kv");
  }
}
