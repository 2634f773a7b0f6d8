package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.jit.EmittedKernel;
import ai.pollux.tensor.jit.EmittedKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes with the Vector API on threads of its own, and few rows with emitted machine code where
 * the machine allows it: the same bits, sooner. Owns those threads and all native memory of its
 * tensors, packed weights and steps; {@link #close} ends and frees them. Caches are closed by who
 * made them, or with the backend.
 *
 * <p>Vectors have the width the machine prefers; {@code -Dpollux.simd.bits=128|256|512} overrides
 * it.
 */
public final class SimdBackend implements Backend {
  private final Optional<EmittedKernels> emitted;
  private final NativeMemory memory = new NativeMemory();
  private final WorkerPool pool;
  private final StepArena lasting;
  private final KernelScratch packing;
  private final List<SimdTensor> tensors = new ArrayList<>();
  private final SimdOps ops;
  private boolean closed;

  /**
   * A backend of its own, with emitted kernels where they can run.
   *
   * @param threads how many threads compute, the caller of operations included; best is one per
   *     physical core
   */
  public SimdBackend(int threads) {
    this(threads, EmittedKernels.open());
  }

  /**
   * A backend of its own.
   *
   * @param emitted the kernels it may use besides those of the Vector API; it closes them
   */
  public SimdBackend(int threads, Optional<EmittedKernels> emitted) {
    this.emitted = emitted;
    pool = new WorkerPool(threads);
    lasting = new StepArena(memory);
    packing = new KernelScratch(memory, TileFormat.CODES, pool.threads());
    ops = new SimdOps(memory, pool);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public Ops open() {
    checkOpen("open");
    ops.begin();
    return ops;
  }

  @Override
  public synchronized Tensor tensor(Shape shape, float[] values) {
    checkOpen("tensor");
    SimdTensor tensor = new SimdTensor().at(lasting.floats(values.length)).like(shape);
    tensor.fill(values);
    tensors.add(tensor);
    return tensor;
  }

  @Override
  public Weight pack(Weight.Stored weight) {
    checkOpen("pack");
    Optional<EmittedKernel> kernel =
        emitted.flatMap(kernels -> kernels.kernel(weight.format().name()));
    return PackKernel.pack(weight, kernel, memory, pool, packing);
  }

  @Override
  public KvCache cache(KvCacheLayout layout) {
    checkOpen("cache");
    return new SimdKvCache(memory, layout);
  }

  /** Bytes of native memory in use. */
  public long nativeBytes() {
    return memory.live();
  }

  private void checkOpen(String operation) {
    if (closed) {
      throw new IllegalStateException(operation + ": the backend was closed");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      ops.close();
      pool.close();
      tensors.forEach(tensor -> tensor.invalidate("ended with its backend"));
      memory.close();
      emitted.ifPresent(EmittedKernels::close);
    }
  }
}
