package ai.pollux.tensor.jit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernels that this machine runs as emitted code, by the format of the weights they read. Owns
 * the memory their code is in; after {@link #close} none of them may run.
 */
public final class EmittedKernels implements AutoCloseable {
  /** The system property that keeps code from being emitted if it is {@code false}. */
  private static final String PROPERTY = "pollux.jit";

  private static final System.Logger LOG = System.getLogger(EmittedKernels.class.getName());

  private final ExecutableMemory memory;
  private final Map<String, EmittedKernel> kernels = new HashMap<>();

  private EmittedKernels(Map<String, TileCode> codes) throws ExecutableMemory.RefusedException {
    List<byte[]> routines = new ArrayList<>();
    for (TileCode code : codes.values()) {
      for (int rows = 1; rows <= Rows.MOST; rows++) {
        routines.add(TileLoop.emit(code, rows));
      }
    }
    memory = new ExecutableMemory(routines);
    int first = 0;
    for (String format : codes.keySet()) {
      kernels.put(format, new EmittedKernel(memory.routines().subList(first, first + Rows.MOST)));
      first += Rows.MOST;
    }
  }

  /**
   * Emits the kernels, or none where they cannot run: then it says why in the log, and the Vector
   * API computes the same. {@code -Dpollux.jit=false} asks for none.
   */
  public static Optional<EmittedKernels> open() {
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      return Optional.empty();
    }
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!system.equals("Linux on amd64")) {
      LOG.log(System.Logger.Level.DEBUG, "no kernels are emitted for {0}", system);
      return Optional.empty();
    }
    try {
      if (!CpuFeatures.detect().avx512()) {
        LOG.log(System.Logger.Level.DEBUG, "no kernels are emitted: the processor lacks AVX-512");
        return Optional.empty();
      }
      return Optional.of(new EmittedKernels(codes()));
    } catch (ExecutableMemory.RefusedException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no kernels are emitted, decoding is slower: {0}",
          e.getMessage());
      return Optional.empty();
    }
  }

  /** What is emitted, by the name of the format. */
  static Map<String, TileCode> codes() {
    Map<String, TileCode> codes = new LinkedHashMap<>();
    codes.put("F32", new FloatCode());
    codes.put("F16", new ShortCode(false));
    codes.put("BF16", new ShortCode(true));
    codes.put("Q8_0", new ByteCode());
    codes.put("Q4_0", new NibbleCode());
    for (AffineCode code : AffineCode.values()) {
      codes.put(code.name(), code);
    }
    return codes;
  }

  /** The kernel for weights of a format, if there is one. */
  public Optional<EmittedKernel> kernel(String format) {
    return Optional.ofNullable(kernels.get(format));
  }

  @Override
  public void close() {
    memory.close();
  }
}
