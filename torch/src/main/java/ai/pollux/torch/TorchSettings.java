package ai.pollux.torch;

/**
 * How a {@link TorchBackend} computes.
 *
 * @param device where
 * @param threads of the CPU; libtorch has one number of threads for a whole process
 * @param precision of products with weights, in steps that are recorded or evaluated
 * @param tuning which weights are trained
 */
public record TorchSettings(Device device, int threads, Precision precision, Tuning tuning) {
  /** Where tensors live. */
  public enum Device {
    /** The processor. */
    CPU,
    /**
     * The first CUDA device. Needs {@code org.bytedeco:pytorch-platform-gpu} on the class path in
     * place of the CPU's natives, which Pollux does not bring along: it is 1.6 GB.
     */
    CUDA
  }

  /** Of products with weights; attention, norms, sums and losses are always f32. */
  public enum Precision {
    /** 32 bits. */
    F32,
    /** Inputs and results rounded to bfloat16, sums in f32; the weights themselves stay f32. */
    BF16
  }

  /** Refuses fewer than one thread. */
  public TorchSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "torch: expected 1 thread or more, found %d".formatted(threads));
    }
  }

  /** All of it in f32 on the CPU, nothing trained. */
  public static TorchSettings cpu(int threads) {
    return new TorchSettings(Device.CPU, threads, Precision.F32, new Tuning.None());
  }

  /** The same with other weights trained. */
  public TorchSettings tuning(Tuning other) {
    return new TorchSettings(device, threads, precision, other);
  }

  /** The same in another precision. */
  public TorchSettings precision(Precision other) {
    return new TorchSettings(device, threads, other, tuning);
  }

  /** The same on another device. */
  public TorchSettings device(Device other) {
    return new TorchSettings(other, threads, precision, tuning);
  }
}
