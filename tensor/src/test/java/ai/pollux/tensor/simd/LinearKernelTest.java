package ai.pollux.tensor.simd;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Closeness;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed weights beyond what the contract asks: several tiles, several chunks, mapped files. */
class LinearKernelTest {
  private static final int MOST_ROWS = 40;

  /** Two tiles of 64 rows and a part of one. */
  private static final int OUT = 2 * 64 + 5;

  /** Every format in every width. */
  static Stream<Object[]> cases() {
    return Stream.of(128, 256, 512)
        .flatMap(bits -> Formats.ALL.stream().map(format -> new Object[] {bits, format.name()}));
  }

  /** More than two chunks of 128, the last one as short as the format allows. */
  private static int inputs(BlockFormat format) {
    int block = format.blockSize();
    return block == 1 ? 2 * 128 + 3 : block == 32 ? 2 * 128 + 32 : 2 * 256;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyRowOf1To40IsTheDefinitionAndTheSameBitsAmongAnyNumber(int bits, String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = inputs(format);
    Weight.Stored stored = Samples.stored(1, format, OUT, in);
    float[] x = Samples.normal(2, MOST_ROWS * in);
    float[] expected = linear(new ReferenceBackend(), stored, x, MOST_ROWS);
    try (Backend backend = Widths.backend(bits)) {
      Weight packed = backend.pack(stored);
      float[] all = linear(backend, packed, x, MOST_ROWS);
      // In n steps a sum of products is off by n units of Σ|x·w|; |w| and |x| stay below 8.
      double allowed = (in + 8) * 0x1p-24 * in * 64;
      Closeness.check(name, expected, all, i -> allowed);
      for (int rows = 1; rows < MOST_ROWS; rows++) {
        float[] last = Samples.rows(x, in, MOST_ROWS - rows, rows);
        Closeness.same(
            "the last %d rows with %s".formatted(rows, name),
            Samples.rows(all, OUT, MOST_ROWS - rows, rows),
            linear(backend, packed, last, rows));
      }
    }
  }

  private static float[] linear(Backend backend, Weight w, float[] x, int rows) {
    try (Ops ops = backend.open()) {
      return ops.linear(ops.tensor(Shape.of(rows, w.in()), x), w).toArray();
    }
  }

  /** A product with 1 has the weight's own bits, which packing must have kept. */
  @ParameterizedTest
  @MethodSource("cases")
  void packingKeepsEveryWeight(int bits, String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = inputs(format);
    Weight.Stored stored = Samples.stored(3, format, OUT, in);
    float[] expected = new float[OUT * in];
    format.decode(stored.data(), 0, expected, 0, expected.length);
    int[] ids = new int[OUT];
    Arrays.setAll(ids, i -> i);
    try (Backend backend = Widths.backend(bits)) {
      Weight packed = backend.pack(stored);
      try (Ops ops = backend.open()) {
        Closeness.same(name, expected, ops.embed(ids, packed, 1).toArray());
      }
    }
  }

  @Test
  void aMappedSourceIsPackedFromItsFileAndStaysReadable(@TempDir Path folder) throws IOException {
    int in = 256;
    int out = 640;
    Weight.Stored stored = Samples.stored(4, Formats.Q8_0, out, in);
    byte[] bytes = stored.data().toArray(ValueLayout.JAVA_BYTE);
    Path file = Files.write(folder.resolve("weights"), bytes);
    float[] x = Samples.normal(5, 3 * in);
    try (FileChannel channel = FileChannel.open(file);
        Arena arena = Arena.ofShared();
        Backend backend = new SimdBackend(2)) {
      MemorySegment map = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes.length, arena);
      Weight packed = backend.pack(new Weight.Stored(Formats.Q8_0, out, in, map));
      assertThat(linear(backend, packed, x, 3))
          .isEqualTo(linear(backend, backend.pack(stored), x, 3));
      assertThat(map.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
    }
  }

  @Test
  void aWeightOnTheHeapIsPackedToo() {
    Weight.Stored stored = Samples.stored(6, Formats.Q4_0, 70, 64);
    byte[] bytes = stored.data().toArray(ValueLayout.JAVA_BYTE);
    Weight.Stored heap = new Weight.Stored(Formats.Q4_0, 70, 64, MemorySegment.ofArray(bytes));
    float[] x = Samples.normal(7, 64);
    try (Backend backend = new SimdBackend(2)) {
      assertThat(linear(backend, backend.pack(heap), x, 1))
          .isEqualTo(linear(backend, backend.pack(stored), x, 1));
    }
  }

  @Test
  void moreRowsThanABlockOfRowsAreSplit() {
    Weight.Stored stored = Samples.stored(8, Formats.Q8_0, 66, 32);
    int rows = 1030;
    float[] x = Samples.normal(9, rows * 32);
    try (Backend backend = new SimdBackend(2)) {
      Weight packed = backend.pack(stored);
      float[] all = linear(backend, packed, x, rows);
      try (Ops ops = backend.open()) {
        Tensor tail = ops.tensor(Shape.of(7, 32), Samples.rows(x, 32, rows - 7, 7));
        assertThat(ops.linear(tail, packed).toArray())
            .isEqualTo(Samples.rows(all, 66, rows - 7, 7));
      }
    }
  }
}
