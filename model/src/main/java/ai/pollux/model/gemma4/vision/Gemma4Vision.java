package ai.pollux.model.gemma4.vision;

import ai.pollux.model.loading.Clip;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.EncoderAttention;
import ai.pollux.model.nn.GridPooling;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.MediaEncoder;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Projector;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Weight;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds what sees, if a checkpoint has it. */
public final class Gemma4Vision {
  /** PyTorch's own ε, which the 12B's three norms with a mean keep. */
  private static final float LAYER_NORM_EPSILON = 1e-5f;

  private static final String TOWER = "gemma4v";
  private static final String EMBEDDER = "gemma4uv";

  private final Settings settings;
  private final Weights weights;
  private final int outputSize;

  private Gemma4Vision(Settings settings, Weights weights, int outputSize) {
    this.settings = settings;
    this.weights = weights;
    this.outputSize = outputSize;
  }

  /**
   * The tower or the patch embedder of a checkpoint; empty if it reads no images.
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
            Settings settings = whole.section("vision_config");
            boolean isTower = !whole.text("model_type").startsWith("gemma4_unified");
            Gemma4Vision vision = new Gemma4Vision(settings, weights, outputSize);
            yield isTower
                ? vision.tower(VisionConfig.ofHuggingFace(settings))
                : vision.embedder(EmbedderConfig.ofHuggingFace(settings));
          }
          case GGUF -> ofProjector(whole, weights, outputSize);
        });
  }

  private static MediaEncoder ofProjector(Settings whole, Weights weights, int outputSize) {
    Clip clip = Clip.of(whole, "vision");
    Settings settings = clip.settings();
    Gemma4Vision vision = new Gemma4Vision(settings, weights, outputSize);
    return switch (clip.type()) {
      case TOWER -> vision.tower(VisionConfig.ofGguf(settings, weights));
      case EMBEDDER -> vision.embedder(EmbedderConfig.ofGguf(settings, weights));
      default -> throw clip.wrong(TOWER + " or " + EMBEDDER);
    };
  }

  private VisionTower tower(VisionConfig config) {
    Weights sized = weights.sizedBy(settings, config);
    int hidden = config.hiddenSize();
    VisionBlock[] blocks = new VisionBlock[config.layers()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block(sized.block(i), config);
    }
    Norm standard =
        config.isStandardised()
            ? new Norm.Fixed(
                sized.vector("standardShift", hidden, -1), sized.vector("standardGain", hidden))
            : new Norm.None();
    return new VisionTower(
        patches(sized, config),
        positions(sized, config.positions(), hidden, false),
        Rope.standard(config.headSize() / 2, config.theta()),
        blocks,
        new GridPooling(config.pooling()),
        standard,
        projector(sized, hidden, config.epsilon()));
  }

  private Weight patches(Weights sized, VisionConfig config) {
    int size = config.patchSize();
    int width = 3 * size * size;
    return switch (settings.format()) {
      case HUGGING_FACE -> sized.matrix("patches", config.hiddenSize(), width);
      case GGUF ->
          sized.rearranged(
              "patches",
              config.hiddenSize(),
              coloursLast(size),
              config.hiddenSize(),
              3,
              size,
              size);
    };
  }

  private static VisionBlock block(Weights block, VisionConfig config) {
    int hidden = config.hiddenSize();
    int wide = config.feedForwardSize();
    float epsilon = config.epsilon();
    return new VisionBlock(
        block.norm("attentionNorm", hidden, epsilon),
        attention(block, config),
        block.norm("attentionOutputNorm", hidden, epsilon),
        block.norm("feedForwardNorm", hidden, epsilon),
        block.linear("feedForward.gate", wide, hidden),
        block.linear("feedForward.up", wide, hidden),
        block.linear("feedForward.down", hidden, wide),
        block.norm("feedForwardOutputNorm", hidden, epsilon));
  }

  private static EncoderAttention attention(Weights block, VisionConfig config) {
    int hidden = config.hiddenSize();
    int width = config.heads() * config.headSize();
    return new EncoderAttention(
        block.name("attention"),
        block.linear("attention.query", width, hidden),
        block.norm("attention.queryNorm", config.headSize(), config.epsilon()),
        block.linear("attention.key", width, hidden),
        block.norm("attention.keyNorm", config.headSize(), config.epsilon()),
        block.linear("attention.value", width, hidden),
        new Norm.Plain(config.epsilon()),
        block.linear("attention.output", hidden, width),
        1,
        config.heads(),
        config.headSize());
  }

  private PatchEmbedder embedder(EmbedderConfig config) {
    Weights sized = weights.sizedBy(settings, config);
    int size = config.size();
    int width = 3 * config.side() * config.side();
    boolean isGguf = settings.format() == Format.GGUF;
    int[] order = isGguf ? coloursLast(config.side()) : IntStream.range(0, width).toArray();
    return new PatchEmbedder(
        new Norm.Layer(
            sized.vector("patchNorm.gain", order),
            sized.vector("patchNorm.bias", order),
            LAYER_NORM_EPSILON),
        new Linear.Biased(
            isGguf
                ? sized.rearranged("patches", size, order, size, width)
                : sized.matrix("patches", size, width),
            sized.vector("patches.bias", size)),
        sized.layerNorm("embeddingNorm", size, LAYER_NORM_EPSILON),
        positions(sized, config.positions(), size, !isGguf),
        sized.layerNorm("positionNorm", size, LAYER_NORM_EPSILON),
        projector(sized, size, config.epsilon()));
  }

  private static FactoredPositions positions(
      Weights weights, int count, int size, boolean alternating) {
    int[] shape = alternating ? new int[] {count, 2, size} : new int[] {2, count, size};
    Weight table = weights.table("positions", 2 * count, size, shape);
    return new FactoredPositions(table, count, alternating);
  }

  private Projector projector(Weights sized, int size, float epsilon) {
    return new Projector(new Norm.Plain(epsilon), sized.matrix("projection", outputSize, size));
  }

  /**
   * For each value of a patch in our order, by row, column, colour, where it stands in an order by
   * colour, row, column.
   */
  private static int[] coloursLast(int side) {
    int[] order = new int[3 * side * side];
    for (int pixel = 0; pixel < side * side; pixel++) {
      for (int colour = 0; colour < 3; colour++) {
        order[3 * pixel + colour] = colour * side * side + pixel;
      }
    }
    return order;
  }
}
