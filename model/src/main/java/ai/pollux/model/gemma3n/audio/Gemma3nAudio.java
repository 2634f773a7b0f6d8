package ai.pollux.model.gemma3n.audio;

import ai.pollux.model.conformer.ConformerBuilder;
import ai.pollux.model.conformer.ConformerBuilder.Dialect;
import ai.pollux.model.conformer.ConformerConfig;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.MediaEmbedder;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import java.util.Optional;

/** Builds what hears, if a checkpoint has it. */
public final class Gemma3nAudio {
  private static final String TOWER = "gemma3na";
  private static final int ROWS = 188;
  private static final int REDUCTION = 4;
  private static final double EPSILON = 1e-6;
  private static final double STAGE_EPSILON = 1e-3;

  /** The embedder for sounds, and the tower that it serves. */
  public record Hearing(MediaEmbedder embedder, MediaEncoder tower) {}

  private Gemma3nAudio() {}

  /**
   * The tower of a checkpoint and its way to the decoder; empty if it reads no sound.
   *
   * @param whole the settings of the whole file
   * @param all the weights of the whole model
   * @param outputSize D of the decoder
   */
  public static Optional<Hearing> of(Settings whole, Weights all, int outputSize) {
    Weights weights = all.part("audio");
    if (!weights.has("projection")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (whole.format()) {
          case HUGGING_FACE -> {
            Settings s = whole.section("audio_config");
            double epsilon = s.positive("sscp_conv_group_norm_eps", STAGE_EPSILON);
            yield build(
                weights.sizedBy(s, ofHuggingFace(s)),
                ofHuggingFace(s),
                (float) epsilon,
                s.size("conf_reduction_factor", REDUCTION),
                whole.size("audio_soft_tokens_per_image", ROWS),
                outputSize);
          }
          case GGUF -> {
            Settings s = whole.section("clip").section("audio");
            s.expect("projector_type", TOWER);
            ConformerConfig config = ofGguf(s, weights);
            yield build(
                weights.sizedBy(s, config),
                config,
                (float) STAGE_EPSILON,
                REDUCTION,
                ROWS,
                outputSize);
          }
        });
  }

  private static Hearing build(
      Weights weights,
      ConformerConfig config,
      float stageEpsilon,
      int reduction,
      int rows,
      int outputSize) {
    Dialect dialect = new Dialect(0, true, stageEpsilon, 1, false);
    int hidden = config.hiddenSize();
    int tokens = weights.rows("embedding");
    MediaEmbedder embedder =
        new MediaEmbedder(
            weights.table("embedding", tokens, hidden),
            weights.norm("hardNorm", hidden, config.epsilon()),
            weights.norm("softNorm", hidden, config.epsilon()),
            weights.matrix("projection", outputSize, hidden),
            new Norm.Plain(config.epsilon()));
    ConformerBuilder conformer = new ConformerBuilder(config, weights, dialect);
    return new Hearing(embedder, new AudioTower(conformer.build(), reduction, embedder, rows));
  }

  private static ConformerConfig ofHuggingFace(Settings s) {
    s.integerOr("conf_attention_context_right", 0, 0, 0);
    int hidden = s.size("hidden_size", 1536);
    return new ConformerConfig(
        s.size("input_feat_size", ConformerConfig.FEATURES),
        s.has("sscp_conv_channel_size")
            ? s.sizes("sscp_conv_channel_size", 2)
            : new int[] {128, 32},
        hidden,
        s.integerOr("conf_num_hidden_layers", 12, 1, 4096),
        heads(s, "conf_num_attention_heads", hidden),
        s.size("conf_attention_context_left", ConformerConfig.CHUNK + 1),
        s.size("conf_conv_kernel_size", ConformerConfig.KERNEL),
        (float) s.positive("conf_attention_logit_cap", ConformerConfig.SOFTCAP),
        (float) s.positive("conf_residual_weight", ConformerConfig.SHARE),
        (float) s.positive("gradient_clipping", ConformerConfig.LIMIT),
        (float) s.positive("rms_norm_eps", EPSILON));
  }

  private static ConformerConfig ofGguf(Settings s, Weights weights) {
    int hidden = s.size("embedding_length");
    return new ConformerConfig(
        s.size("num_mel_bins", ConformerConfig.FEATURES),
        new int[] {weights.size("convolution.0.norm", 0), weights.size("convolution.1.norm", 0)},
        hidden,
        s.layers("block_count"),
        heads(s, "attention.head_count", hidden),
        ConformerConfig.CHUNK + 1,
        ConformerConfig.KERNEL,
        ConformerConfig.SOFTCAP,
        ConformerConfig.SHARE,
        ConformerConfig.LIMIT,
        (float) EPSILON);
  }

  private static int heads(Settings s, String key, int hiddenSize) {
    int heads = s.size(key, 8);
    if (hiddenSize % (2 * heads) != 0) {
      throw s.wrong(key, "heads of an even size out of the hidden size " + hiddenSize);
    }
    return heads;
  }
}
