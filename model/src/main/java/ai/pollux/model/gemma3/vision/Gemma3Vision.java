package ai.pollux.model.gemma3.vision;

import ai.pollux.model.loading.Clip;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.EncoderAttention;
import ai.pollux.model.nn.GridPooling;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Weight;
import java.util.Optional;

/** Builds the tower, if a checkpoint has it. */
public final class Gemma3Vision {
  private static final String PROJECTOR = "gemma3";

  private final Weights weights;
  private final SiglipConfig config;

  private Gemma3Vision(Weights weights, SiglipConfig config) {
    this.weights = weights;
    this.config = config;
  }

  /**
   * The tower of a checkpoint; empty if it reads no images.
   *
   * @param whole the settings of the whole file
   * @param all the weights of the whole model
   * @param outputSize D of the decoder
   */
  public static Optional<MediaEncoder> of(Settings whole, Weights all, int outputSize) {
    Weights weights = all.part("vision");
    if (!weights.has("projection")) {
      return Optional.empty();
    }
    return Optional.of(
        switch (whole.format()) {
          case HUGGING_FACE -> {
            SiglipConfig config = SiglipConfig.ofHuggingFace(whole);
            Settings settings = whole.section("vision_config");
            yield new Gemma3Vision(weights.sizedBy(settings, config), config).tower(outputSize);
          }
          case GGUF -> ofProjector(Clip.of(whole, "vision"), weights, outputSize);
        });
  }

  private static MediaEncoder ofProjector(Clip clip, Weights weights, int outputSize) {
    if (!clip.type().equals(PROJECTOR)) {
      throw clip.wrong(PROJECTOR);
    }
    SiglipConfig config = SiglipConfig.ofGguf(clip.settings());
    Weights sized = weights.sizedBy(clip.settings(), config);
    return new Gemma3Vision(sized, config).tower(outputSize);
  }

  private Siglip tower(int outputSize) {
    int hidden = config.hiddenSize();
    int patch = config.patchSize();
    SiglipBlock[] blocks = new SiglipBlock[config.layers()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block(weights.block(i));
    }
    Weight kernel = weights.matrix("patches", hidden, 3 * patch * patch, hidden, 3, patch, patch);
    return new Siglip(
        new Linear.Biased(kernel, weights.vector("patches.bias", hidden)),
        weights.table("positions", config.side() * config.side(), hidden),
        blocks,
        weights.layerNorm("finalNorm", hidden, config.epsilon()),
        new GridPooling(config.pooling()),
        new Projector(
            weights.norm("projectionNorm", hidden, config.epsilon()),
            weights.transposed("projection", outputSize, hidden)),
        patch,
        config.side());
  }

  private SiglipBlock block(Weights block) {
    int hidden = config.hiddenSize();
    int wide = config.feedForwardSize();
    // Early GGUF files have the two names the wrong way round.
    boolean exchanged = wide != hidden && block.size("feedForward.up", 0) == hidden;
    return new SiglipBlock(
        block.layerNorm("attentionNorm", hidden, config.epsilon()),
        attention(block),
        block.layerNorm("feedForwardNorm", hidden, config.epsilon()),
        block.biased(exchanged ? "feedForward.down" : "feedForward.up", wide, hidden),
        block.biased(exchanged ? "feedForward.up" : "feedForward.down", hidden, wide));
  }

  private EncoderAttention attention(Weights block) {
    int hidden = config.hiddenSize();
    int headSize = hidden / config.heads();
    Norm none = new Norm.None();
    return new EncoderAttention(
        block.name("attention"),
        block.biased("attention.query", hidden, hidden),
        none,
        block.biased("attention.key", hidden, hidden),
        none,
        block.biased("attention.value", hidden, hidden),
        none,
        block.biased("attention.output", hidden, hidden),
        (float) (1 / Math.sqrt(headSize)),
        config.heads(),
        headSize);
  }
}
