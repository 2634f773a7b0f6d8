package ai.pollux.torch;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/**
 * Computes with libtorch, and knows gradients. A model that is loaded on it is trained in the ways
 * that {@link Tuning} says: {@link #record} opens a step, {@link TorchOps#backward} adds to the
 * gradients of {@link #parameters}, an {@link AdamW} takes a step along them.
 *
 * <p>Owns the weights of the models that were loaded on it. Not for use by several threads.
 */
public final class TorchBackend implements Backend {
  private final TorchSettings settings;
  private final Values values;
  private final Handles handles = new Handles();
  private final Parameters parameters = new Parameters();

  /**
   * @throws IllegalArgumentException if there is no such device
   */
  public TorchBackend(TorchSettings settings) {
    this.settings = settings;
    if (settings.device() == TorchSettings.Device.CUDA && !torch.cuda_is_available()) {
      throw new IllegalArgumentException(
          "torch: expected a CUDA device, found none that libtorch can use. Train on the CPU, or"
              + " put org.bytedeco:pytorch-platform-gpu on the class path of a machine with one");
    }
    torch.set_num_threads(settings.threads());
    BlasThreads.set(settings.precision() == TorchSettings.Precision.BF16 ? 1 : settings.threads());
    values = new Values(settings.device());
  }

  @Override
  public String name() {
    return "torch";
  }

  /** How it computes. */
  public TorchSettings settings() {
    return settings;
  }

  /** The weights that are trained. */
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public TorchOps open() {
    return new TorchOps(settings, TorchOps.Mode.EXACT, false);
  }

  /**
   * A step without gradients whose results may depend, in their last bits, on what else is in it:
   * for losses of held-out data.
   */
  public TorchOps evaluate() {
    return new TorchOps(settings, TorchOps.Mode.FAST, false);
  }

  /** A step with gradients. */
  public TorchOps record() {
    return new TorchOps(settings, TorchOps.Mode.RECORDING, false);
  }

  /**
   * A step with gradients that remembers what each block returned and computes the rest again: a
   * third more work, the memory of one block.
   */
  public TorchOps recordBlocks() {
    return new TorchOps(settings, TorchOps.Mode.RECORDING, true);
  }

  @Override
  public Tensor tensor(Shape shape, float[] given) {
    if (shape.elements() != given.length) {
      throw new IllegalArgumentException(
          "a tensor %s has %d values, found %d".formatted(shape, shape.elements(), given.length));
    }
    try (PointerScope _ = new PointerScope()) {
      return handles.keep(values.floats(given, sizes(shape)));
    }
  }

  @Override
  public Tensor tensor(Origin origin, Shape shape, float[] given) {
    return trains(origin) ? parameter(origin, shape, given) : tensor(shape, given);
  }

  @Override
  public Weight pack(Weight.Stored weight) {
    Shape shape = Shape.of(weight.out(), weight.in());
    Tensor decoded = tensor(shape, Matrices.decode(weight));
    return new TorchWeight(weight.format(), (TorchTensor) decoded);
  }

  @Override
  public Weight pack(Origin origin, Weight.Stored weight) {
    return switch (settings.tuning()) {
      case Tuning.None none -> pack(weight);
      case Tuning.Weights all -> trains(origin) ? trained(origin, weight) : pack(weight);
      case Tuning.LowRank lora ->
          lora.targets(origin.name()) ? low(origin, weight, lora) : pack(weight);
    };
  }

  @Override
  public Weight table(Origin origin, Weight.Stored weight) {
    return trains(origin) ? trained(origin, weight) : weight;
  }

  private boolean trains(Origin origin) {
    return settings.tuning() instanceof Tuning.Weights all && all.trained().test(origin.name());
  }

  private Weight trained(Origin origin, Weight.Stored weight) {
    if (weight.format().blockSize() != 1) {
      throw new IllegalArgumentException(
          "%s: expected plain values (F32, F16, BF16) to train, found %s. Train a product beside it (LoRA), or a model of plain values"
              .formatted(origin.name(), weight.format().name()));
    }
    Shape shape = Shape.of(weight.out(), weight.in());
    return new Weight.Dense(parameter(origin, shape, Matrices.decode(weight)));
  }

  /** A tensor that is trained. */
  private TorchTensor parameter(Origin origin, Shape shape, float[] given) {
    TorchTensor tensor = (TorchTensor) tensor(shape, given);
    tensor.handle().set_requires_grad(true);
    parameters.add(new Parameter(origin, tensor));
    return tensor;
  }

  private Weight low(Origin origin, Weight.Stored weight, Tuning.LowRank lora) {
    String module = "base_model.model." + Tuning.LowRank.module(origin.name());
    float bound = (float) (1 / Math.sqrt(weight.in()));
    SplittableRandom random = new SplittableRandom(lora.seed() ^ origin.name().hashCode());
    float[] down = new float[lora.rank() * weight.in()];
    for (int i = 0; i < down.length; i++) {
      down[i] = (float) random.nextDouble(-bound, bound);
    }
    float[] up = new float[weight.out() * lora.rank()];
    return new Weight.LowRank(
        pack(weight),
        factor(module + ".lora_A.weight", down, lora.rank(), weight.in()),
        factor(module + ".lora_B.weight", up, weight.out(), lora.rank()),
        lora.alpha() / lora.rank());
  }

  private TorchTensor factor(String name, float[] given, int rows, int columns) {
    Origin origin = Origin.whole(name, List.of((long) rows, (long) columns));
    return parameter(origin, Shape.of(rows, columns), given);
  }

  /** Keys and values in Java's memory: what reads them is the definition of attention. */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // closing the reference backend frees nothing
  public KvCache cache(KvCacheLayout layout) {
    return new ReferenceBackend().cache(layout);
  }

  static long[] sizes(Shape shape) {
    long[] sizes = new long[shape.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.size(axis);
    }
    return sizes;
  }

  @Override
  public void close() {
    handles.close();
  }
}
