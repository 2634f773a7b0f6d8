package ai.pollux.tensor.simd;

import static org.assertj.core.api.Assumptions.assumeThat;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Closeness;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.jit.EmittedKernels;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted kernels give the bits of the Vector API's, at all tails and alignments. */
class EmittedKernelTest {
  @BeforeEach
  void onlyWhereTheyRun() {
    Optional<EmittedKernels> kernels = EmittedKernels.open();
    kernels.ifPresent(EmittedKernels::close);
    assumeThat(kernels).as("no kernels are emitted on this machine").isPresent();
  }

  static Stream<String> formats() {
    return Formats.ALL.stream().map(BlockFormat::name);
  }

  /** Around a chunk of 128, and several chunks. */
  private static int[] inputs(BlockFormat format) {
    int block = format.blockSize();
    return switch (block) {
      case 1 -> new int[] {1, 2, 63, 127, 128, 129, 300};
      case 32 -> new int[] {32, 64, 96, 128, 160, 288};
      default -> new int[] {block, 2 * block};
    };
  }

  @ParameterizedTest
  @MethodSource("formats")
  void oneToNineRowsHaveTheBitsOfTheVectorApi(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    try (Backend emitted = new SimdBackend(2);
        Backend twin = new SimdBackend(2, Optional.empty())) {
      for (int in : inputs(format)) {
        for (int out : new int[] {1, 64, 64 * 9 + 20}) {
          Weight.Stored stored = Samples.stored(in + out, format, out, in);
          Weight fast = emitted.pack(stored);
          Weight slow = twin.pack(stored);
          for (int rows = 1; rows <= 9; rows++) {
            float[] x = Samples.normal(rows, rows * in);
            Closeness.same(
                "%d rows with %s [%d, %d]".formatted(rows, name, out, in),
                linear(twin, slow, x, rows),
                linear(emitted, fast, x, rows));
          }
        }
      }
    }
  }

  /** Scales of random bits are also infinite, NaN and subnormal. */
  @ParameterizedTest
  @MethodSource("formats")
  void anyBitsAreDecodedAsTheVectorApiDoes(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = 256 + (format.blockSize() == 1 ? 5 : 0);
    byte[] bytes = new byte[Math.toIntExact(format.bytesFor(70L * in))];
    new SplittableRandom(1).nextBytes(bytes);
    Weight.Stored stored =
        new Weight.Stored(format, 70, in, Arena.ofAuto().allocate(bytes.length, 64));
    stored.data().copyFrom(MemorySegment.ofArray(bytes));
    float[] x = Samples.normal(1, 4 * in);
    try (Backend emitted = new SimdBackend(2);
        Backend twin = new SimdBackend(2, Optional.empty())) {
      Closeness.same(
          name, linear(twin, twin.pack(stored), x, 4), linear(emitted, emitted.pack(stored), x, 4));
    }
  }

  private static float[] linear(Backend backend, Weight w, float[] x, int rows) {
    try (Ops ops = backend.open()) {
      return ops.linear(ops.tensor(Shape.of(rows, w.in()), x), w).toArray();
    }
  }
}
