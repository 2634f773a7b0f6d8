package ai.pollux.model.conformer;

import ai.pollux.model.loading.Weights;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.stream.IntStream;

/**
 * Builds a tower from the weights of a checkpoint, whose names are the same in every family that
 * has one.
 *
 * @param weights those of the tower
 * @param dialect what its family does in its own way
 */
public record ConformerBuilder(ConformerConfig config, Weights weights, Dialect dialect) {
  private static final int KERNEL = 3;
  private static final double SLOWEST = 10_000;

  /**
   * Two families' ways.
   *
   * @param before rows of zeros before a convolution's first row
   * @param isCumulative whether convolutions are normalised over all that was heard so far, not
   *     each place by itself
   * @param stageEpsilon ε of those norms
   * @param keyScale multiplies the keys of the attention
   * @param isScaleReady whether the file has the scale of queries as it is used; else its softplus
   *     is
   */
  public record Dialect(
      int before, boolean isCumulative, float stageEpsilon, float keyScale, boolean isScaleReady) {}

  /** The tower. */
  public Conformer build() {
    ConformerBlock[] blocks = new ConformerBlock[config.layers()];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = block(weights.block(i));
    }
    return new Conformer(config.features(), subsampling(), distances(), blocks);
  }

  private Subsampling subsampling() {
    int[] channels = config.channels();
    Subsampling.Stage[] stages = new Subsampling.Stage[channels.length];
    for (int i = 0; i < stages.length; i++) {
      stages[i] = stage("convolution." + i, i == 0 ? 1 : channels[i - 1], channels[i]);
    }
    int width = Subsampling.width(config.features(), stages.length, channels[stages.length - 1]);
    return new Subsampling(
        stages, weights.matrix("convolution.projection", config.hiddenSize(), width));
  }

  private Subsampling.Stage stage(String name, int in, int out) {
    int places = KERNEL * KERNEL;
    int[] columns = IntStream.range(0, places * in).map(i -> i % in * places + i / in).toArray();
    Weight kernel = weights.rearranged(name + ".kernel", out, columns, out, in, KERNEL, KERNEL);
    Tensor gain = weights.vector(name + ".norm", out);
    StageNorm norm =
        dialect.isCumulative()
            ? new StageNorm.Cumulative(gain, dialect.stageEpsilon())
            : new StageNorm.PerPlace(
                new Norm.Layer(
                    gain, weights.constant(Shape.of(out), new float[out]), dialect.stageEpsilon()));
    return new Subsampling.Stage(kernel, dialect.before(), norm);
  }

  /**
   * Sines and cosines of a distance at D / 2 speeds, from 1 to {@code 1 / SLOWEST} radians a row.
   */
  private Tensor distances() {
    int half = config.hiddenSize() / 2;
    float[] values = new float[config.window() * config.hiddenSize()];
    for (int i = 0; i < config.window() * half; i++) {
      int row = i / half;
      int speed = i % half;
      double angle = row * Math.exp(-Math.log(SLOWEST) / Math.max(half - 1, 1) * speed);
      values[row * config.hiddenSize() + speed] = (float) Math.sin(angle);
      values[row * config.hiddenSize() + half + speed] = (float) Math.cos(angle);
    }
    return weights.constant(Shape.of(config.window(), config.hiddenSize()), values);
  }

  private ConformerBlock block(Weights block) {
    int hidden = config.hiddenSize();
    float epsilon = config.epsilon();
    return new ConformerBlock(
        halfStep(block.part("first")),
        block.norm("attentionNorm", hidden, epsilon),
        attention(block.part("attention")),
        block.norm("attentionOutputNorm", hidden, epsilon),
        convolution(block.part("convolution")),
        halfStep(block.part("second")),
        block.norm("norm", hidden, epsilon),
        config.limit());
  }

  private HalfStep halfStep(Weights part) {
    int hidden = config.hiddenSize();
    return new HalfStep(
        part.norm("norm", hidden, config.epsilon()),
        part.linear("up", 4 * hidden, hidden),
        part.linear("down", hidden, 4 * hidden),
        part.norm("outputNorm", hidden, config.epsilon()),
        config.share(),
        config.limit());
  }

  private DistanceAttention attention(Weights part) {
    int hidden = config.hiddenSize();
    return new DistanceAttention(
        part.linear("query", hidden, hidden),
        queryScale(part),
        part.linear("key", hidden, hidden),
        dialect.keyScale(),
        part.linear("value", hidden, hidden),
        part.matrix("distance", hidden, hidden),
        part.linear("output", hidden, hidden),
        config.heads(),
        config.headSize(),
        config.softcap());
  }

  /** softplus(s) / softplus(0) / √K. */
  private Tensor queryScale(Weights part) {
    float[] scale = part.values("queryScale", config.headSize());
    double factor = 1 / (Math.log(2) * Math.sqrt(config.headSize()));
    for (int i = 0; i < scale.length; i++) {
      double softplus = dialect.isScaleReady() ? scale[i] : Math.log1p(Math.exp(scale[i]));
      scale[i] = (float) (softplus * factor);
    }
    return weights.constant(Shape.of(scale.length), scale);
  }

  private LightConvolution convolution(Weights part) {
    int hidden = config.hiddenSize();
    Linear start = part.linear("start", 2 * hidden, hidden);
    return new LightConvolution(
        part.norm("norm", hidden, config.epsilon()),
        start,
        part.window("kernel", hidden, config.kernel()),
        part.norm("outputNorm", hidden, config.epsilon()),
        part.linear("end", hidden, hidden),
        config.limit());
  }
}
