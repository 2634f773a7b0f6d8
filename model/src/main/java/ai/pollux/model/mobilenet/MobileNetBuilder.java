package ai.pollux.model.mobilenet;

import ai.pollux.model.loading.Weights;
import ai.pollux.model.mobilenet.ImageLayer.Attend;
import ai.pollux.model.mobilenet.ImageLayer.Convolve;
import ai.pollux.model.mobilenet.ImageLayer.Depthwise;
import ai.pollux.model.mobilenet.ImageLayer.Gelu;
import ai.pollux.model.mobilenet.ImageLayer.Normalize;
import ai.pollux.model.mobilenet.ImageLayer.Scale;
import ai.pollux.model.mobilenet.ImageLayer.Shift;
import ai.pollux.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the encoder from its weights. Their names and shapes say of which kind each block is and
 * how wide; what they do not say holds for the whole family: the stem and the first block of each
 * stage halve the image, and so do keys and values that have a convolution of their own.
 */
public final class MobileNetBuilder {
  private static final float EPSILON = 1e-6f;
  private static final int HALVING = 2;

  private final Weights weights;

  private MobileNetBuilder(Weights weights) {
    this.weights = weights;
  }

  /**
   * The encoder.
   *
   * @param weights those of the encoder alone
   * @param side of the image that the adapter returns
   */
  public static MobileNetV5 build(Weights weights, int side) {
    MobileNetBuilder builder = new MobileNetBuilder(weights);
    List<List<Block>> stages = new ArrayList<>();
    while (builder.hasBlock(stages.size(), 0)) {
      stages.add(builder.stage(stages.size()));
    }
    return new MobileNetV5(builder.stem(), stages, builder.adapter(side));
  }

  private boolean hasBlock(int stage, int block) {
    String name = "stages.%d.%d.".formatted(stage, block);
    return weights.has(name + "edge")
        || weights.has(name + "expand")
        || weights.has(name + "attention.query");
  }

  private Layers stem() {
    int channels = weights.size("stem", 0);
    List<ImageLayer> layers = new ArrayList<>();
    layers.add(convolve(weights, "stem", HALVING));
    if (weights.has("stemBias")) {
      layers.add(new Shift(weights.vector("stemBias", channels)));
    }
    layers.add(norm(weights, "stemNorm", channels));
    layers.add(new Gelu());
    return new Layers(layers);
  }

  private List<Block> stage(int stage) {
    List<Block> blocks = new ArrayList<>();
    while (hasBlock(stage, blocks.size())) {
      Weights block = weights.part("stages." + stage + "." + blocks.size());
      int stride = blocks.isEmpty() ? HALVING : 1;
      if (block.has("edge")) {
        blocks.add(edgeResidual(block, stride));
      } else if (block.has("expand")) {
        blocks.add(invertedResidual(block, stride));
      } else {
        blocks.add(attention(block));
      }
    }
    return blocks;
  }

  /** Widens with a window, then narrows. */
  private static Block edgeResidual(Weights block, int stride) {
    int in = block.size("edge", 1);
    int out = block.size("project", 0);
    List<ImageLayer> layers = new ArrayList<>();
    layers.add(convolve(block, "edge", stride));
    layers.add(norm(block, "edgeNorm", block.size("edge", 0)));
    layers.add(new Gelu());
    addProjection(block, layers);
    return new Block(new Layers(layers), stride == 1 && in == out);
  }

  /** Widens, then narrows; looks around channel by channel before or in between, or not at all. */
  private static Block invertedResidual(Weights block, int stride) {
    int in = block.size("expand", 1);
    int wide = block.size("expand", 0);
    boolean halvesInTheMiddle = block.has("middle");
    List<ImageLayer> layers = new ArrayList<>();
    if (block.has("start")) {
      layers.add(depthwise(block, "start", halvesInTheMiddle ? 1 : stride));
      layers.add(norm(block, "startNorm", in));
    }
    layers.add(pointwise(block, "expand"));
    layers.add(norm(block, "expandNorm", wide));
    layers.add(new Gelu());
    if (halvesInTheMiddle) {
      layers.add(depthwise(block, "middle", stride));
      layers.add(norm(block, "middleNorm", wide));
      layers.add(new Gelu());
    }
    addProjection(block, layers);
    boolean isResidual = stride == 1 && in == block.size("project", 0);
    return new Block(new Layers(layers), isResidual);
  }

  private static void addProjection(Weights block, List<ImageLayer> layers) {
    int out = block.size("project", 0);
    layers.add(pointwise(block, "project"));
    layers.add(norm(block, "projectNorm", out));
    if (block.has("scale")) {
      layers.add(new Scale(block.vector("scale", out)));
    }
  }

  private static Block attention(Weights block) {
    int width = block.size("attention.query", 1);
    int headSize = block.size("attention.key", 0);
    List<ImageLayer> layers = new ArrayList<>();
    layers.add(norm(block, "norm", width));
    layers.add(
        new Attend(
            pointwise(block, "attention.query").weight(),
            reduced(block, "attention.key"),
            reduced(block, "attention.value"),
            pointwise(block, "attention.output").weight(),
            headSize));
    if (block.has("scale")) {
      layers.add(new Scale(block.vector("scale", width)));
    }
    return new Block(new Layers(layers), true);
  }

  /** The way to keys or values. */
  private static Layers reduced(Weights block, String part) {
    List<ImageLayer> layers = new ArrayList<>();
    if (block.has(part + "Reduction")) {
      layers.add(depthwise(block, part + "Reduction", HALVING));
      layers.add(norm(block, part + "Norm", block.size(part, 1)));
    }
    layers.add(pointwise(block, part));
    return new Layers(layers);
  }

  private FusionAdapter adapter(int side) {
    int out = weights.size("adapter.norm", 0);
    List<ImageLayer> layers = new ArrayList<>();
    layers.add(pointwise(weights, "adapter.expand"));
    layers.add(norm(weights, "adapter.expandNorm", weights.size("adapter.expand", 0)));
    layers.add(new Gelu());
    layers.add(pointwise(weights, "adapter.project"));
    layers.add(norm(weights, "adapter.projectNorm", out));
    return new FusionAdapter(new Layers(layers), side, weights.norm("adapter.norm", out, EPSILON));
  }

  private static Normalize norm(Weights weights, String part, int size) {
    return new Normalize(weights.norm(part, size, EPSILON));
  }

  private static Convolve pointwise(Weights weights, String part) {
    int out = weights.size(part, 0);
    int in = weights.size(part, 1);
    return new Convolve(weights.matrix(part, out, in, out, in, 1, 1), 1, 1);
  }

  /** Files have each window channel by channel, we pixel by pixel. */
  private static Convolve convolve(Weights weights, String part, int stride) {
    int out = weights.size(part, 0);
    int in = weights.size(part, 1);
    int kernel = weights.size(part, 2);
    int pixels = kernel * kernel;
    int[] columns = new int[pixels * in];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i % in * pixels + i / in;
    }
    Weight weight = weights.rearranged(part, out, columns, out, in, kernel, kernel);
    return new Convolve(weight, kernel, stride);
  }

  private static Depthwise depthwise(Weights weights, String part, int stride) {
    int channels = weights.size(part, 0);
    int kernel = weights.size(part, 2);
    return new Depthwise(weights.window(part, channels, kernel, kernel), kernel, stride);
  }
}
