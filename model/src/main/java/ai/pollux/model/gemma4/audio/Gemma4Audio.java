package ai.pollux.model.gemma4.audio;

import ai.pollux.model.conformer.ConformerBuilder;
import ai.pollux.model.conformer.ConformerBuilder.Dialect;
import ai.pollux.model.conformer.ConformerConfig;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import java.util.Optional;

/** Builds what hears, if a checkpoint has it. */
public final class Gemma4Audio {
  private static final String TOWER = "gemma4a";
  private static final String EMBEDDER = "gemma4ua";
  private static final int SAMPLES = 640;
  private static final int OUTPUT = 1536;

  /** Early projectors have another ε than the models were trained with, so theirs is not read. */
  private static final float EPSILON = 1e-6f;

  /** ln(1 + e) / ln 2. */
  private static final float KEY_SCALE = (float) (Math.log1p(Math.E) / Math.log(2));

  private final Settings settings;
  private final Weights weights;
  private final int outputSize;

  private Gemma4Audio(Settings settings, Weights weights, int outputSize) {
    this.settings = settings;
    this.weights = weights;
    this.outputSize = outputSize;
  }

  /**
   * The tower or the frame embedder of a checkpoint; empty if it reads no sound.
   *
   * @param whole the settings of the whole file
   * @param all the weights of the whole model
   * @param outputSize D of the decoder
   */
  public static Optional<MediaEncoder> of(Settings whole, Weights all, int outputSize) {
    Weights weights = all.part("audio");
    if (!weights.has("projection")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (whole.format()) {
          case HUGGING_FACE -> {
            Settings settings = whole.section("audio_config");
            Gemma4Audio audio = new Gemma4Audio(settings, weights, outputSize);
            yield whole.text("model_type").startsWith("gemma4_unified")
                ? audio.embedder(settings.size("audio_embed_dim", SAMPLES))
                : audio.tower(ofHuggingFace(settings), settings.size("output_proj_dims", OUTPUT));
          }
          case GGUF -> {
            Settings settings = whole.section("clip").section("audio");
            Gemma4Audio audio = new Gemma4Audio(settings, weights, outputSize);
            yield switch (settings.text("projector_type")) {
              case TOWER -> audio.tower(ofGguf(settings, weights), weights.rows("output"));
              case EMBEDDER -> audio.embedder(settings.size("embedding_length"));
              default -> throw settings.wrong("projector_type", TOWER + " or " + EMBEDDER);
            };
          }
        });
  }

  private MediaEncoder tower(ConformerConfig config, int size) {
    Weights sized = weights.sizedBy(settings, config);
    boolean isScaleReady = settings.format() == Format.GGUF; // its converter takes the softplus
    Dialect dialect = new Dialect(1, false, config.epsilon(), KEY_SCALE, isScaleReady);
    return new AudioTower(
        new ConformerBuilder(config, sized, dialect).build(),
        sized.biased("output", size, config.hiddenSize()),
        projector(sized, size, config.epsilon()));
  }

  private MediaEncoder embedder(int size) {
    float epsilon = settings.format() == Format.GGUF ? EPSILON : epsilon(settings);
    return new FrameEmbedder(projector(weights, size, epsilon));
  }

  private Projector projector(Weights sized, int size, float epsilon) {
    return new Projector(new Norm.Plain(epsilon), sized.matrix("projection", outputSize, size));
  }

  private static ConformerConfig ofHuggingFace(Settings s) {
    s.expect("hidden_act", "silu");
    s.integerOr("attention_context_right", 0, 0, 0);
    int chunk = s.size("attention_chunk_size", ConformerConfig.CHUNK);
    // Sines are made for half of what a chunk can see. The published towers, whose chunks are as
    // long as what comes before them, make them so for the distance itself.
    int before = s.integerOr("attention_context_left", chunk + 1, chunk + 1, chunk + 1) - 1;
    return new ConformerConfig(
        ConformerConfig.FEATURES,
        s.has("subsampling_conv_channels")
            ? s.sizes("subsampling_conv_channels", 2)
            : new int[] {128, 32},
        s.size("hidden_size", 1024),
        s.integerOr("num_hidden_layers", 12, 1, 4096),
        heads(s, "num_attention_heads", s.size("hidden_size", 1024)),
        before,
        s.size("conv_kernel_size", ConformerConfig.KERNEL),
        (float) s.positive("attention_logit_cap", ConformerConfig.SOFTCAP),
        (float) s.positive("residual_weight", ConformerConfig.SHARE),
        (float) s.positive("gradient_clipping", ConformerConfig.LIMIT),
        epsilon(s));
  }

  private static ConformerConfig ofGguf(Settings s, Weights weights) {
    return new ConformerConfig(
        s.size("num_mel_bins", ConformerConfig.FEATURES),
        new int[] {weights.size("convolution.0.norm", 0), weights.size("convolution.1.norm", 0)},
        s.size("embedding_length"),
        s.layers("block_count"),
        heads(s, "attention.head_count", s.size("embedding_length")),
        ConformerConfig.CHUNK,
        weights.block(0).size("convolution.kernel", 1),
        ConformerConfig.SOFTCAP,
        ConformerConfig.SHARE,
        ConformerConfig.LIMIT,
        EPSILON);
  }

  private static float epsilon(Settings s) {
    return (float) s.positive("rms_norm_eps", EPSILON);
  }

  private static int heads(Settings s, String key, int hiddenSize) {
    int heads = s.size(key, 8);
    if (hiddenSize % (2 * heads) != 0) {
      throw s.wrong(key, "heads of an even size out of the hidden size " + hiddenSize);
    }
    return heads;
  }
}
