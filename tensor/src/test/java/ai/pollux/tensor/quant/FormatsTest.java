package ai.pollux.tensor.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormatsTest {
  static Stream<String> all() {
    return Formats.ALL.stream().map(BlockFormat::name);
  }

  static Stream<String> withGoldens() {
    return all().filter(name -> !name.equals("F32"));
  }

  private static BlockFormat format(String name) {
    return Formats.named(name).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "F32,1,4",
    "F16,1,2",
    "BF16,1,2",
    "Q8_0,32,34",
    "Q4_0,32,18",
    "Q4_1,32,20",
    "Q5_0,32,22",
    "Q5_1,32,24",
    "Q4_K,256,144",
    "Q5_K,256,176",
    "Q6_K,256,210"
  })
  void blocksHaveTheSizesOfGguf(String name, int values, int bytes) {
    BlockFormat format = format(name);
    assertThat(format.name()).isEqualTo(name);
    assertThat(format.blockSize()).isEqualTo(values);
    assertThat(format.blockBytes()).isEqualTo(bytes);
    assertThat(format.bytesFor(5L * values)).isEqualTo(5L * bytes);
    assertThat(format.bitsPerWeight()).isEqualTo(8.0 * bytes / values);
  }

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(Formats.named("q4_k")).containsSame(Formats.Q4_K);
    assertThat(Formats.named("IQ1_S")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("withGoldens")
  void encodesToTheBytesOfLlamaCpp(String name) {
    float[] values = golden("values").toArray(floats());
    byte[] expected = golden(name).toArray(ValueLayout.JAVA_BYTE);
    assertThat(encode(format(name), values)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("withGoldens")
  void decodesToTheBitsOfGguf(String name) {
    float[] expected = golden(name + "-decoded").toArray(floats());
    assertThat(decode(format(name), golden(name), 0, expected.length)).isEqualTo(expected);
  }

  /**
   * Worst error as a part of the block's largest magnitude: half a step of the q, and what the F16
   * scales add (2⁻¹¹ of each part). Steps: 1/127; 1/8; 2/15; 1/16; 2/31. The value opposite to the
   * largest is one whole step off in Q4_0 and Q5_0, whose q end at 7 and 15. The K-quants round
   * scales too and trade the worst error for the mean one: theirs is two steps.
   */
  @ParameterizedTest
  @CsvSource({
    "F32,0",
    "F16,0.00049",
    "BF16,0.0040",
    "Q8_0,0.0045",
    "Q4_0,0.1255",
    "Q4_1,0.0685",
    "Q5_0,0.0630",
    "Q5_1,0.0340",
    "Q4_K,0.27",
    "Q5_K,0.13",
    "Q6_K,0.065"
  })
  void decodedIsNearWhatWasEncoded(String name, double part) {
    BlockFormat format = format(name);
    int block = Math.max(32, format.blockSize());
    for (int seed = 0; seed < 50; seed++) {
      float[] values = normal(seed, block);
      double largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      float[] decoded = decode(format, MemorySegment.ofArray(encode(format, values)), 0, block);
      for (int i = 0; i < block; i++) {
        assertThat((double) decoded[i]).isCloseTo(values[i], within(part * largest));
      }
    }
  }

  /**
   * A larger format must be the nearer one; the figures are a tenth above what llama.cpp's give.
   */
  @ParameterizedTest
  @CsvSource({"Q4_K,0.080", "Q5_K,0.040", "Q6_K,0.020"})
  void kQuantsKeepTheMeanErrorSmall(String name, double part) {
    float[] values = normal(3, 256 * 64);
    byte[] data = encode(format(name), values);
    float[] decoded = decode(format(name), MemorySegment.ofArray(data), 0, values.length);
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      squares += Math.pow(decoded[i] - values[i], 2);
    }
    assertThat(Math.sqrt(squares / values.length)).isLessThan(part);
  }

  @ParameterizedTest
  @CsvSource({"F32", "F16", "BF16", "Q8_0"})
  void whatWasDecodedEncodesToItself(String name) {
    BlockFormat format = format(name);
    byte[] once = encode(format, normal(4, 512));
    float[] decoded = decode(format, MemorySegment.ofArray(once), 0, 512);
    float[] again = decode(format, MemorySegment.ofArray(encode(format, decoded)), 0, 512);
    for (int i = 0; i < 512; i++) { // Q8_0: its scale may round once more, by 2^-11 of the value
      double allowed = name.equals("Q8_0") ? 0x1p-11 * Math.abs(decoded[i]) : 0;
      assertThat((double) again[i]).isCloseTo(decoded[i], within(allowed));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void anyBytesDecodeAlikeAtAnyOffset(String name) {
    BlockFormat format = format(name);
    int count = 3 * Math.max(32, format.blockSize());
    byte[] bytes = new byte[(int) format.bytesFor(count)];
    for (int seed = -1; seed < 20; seed++) {
      if (seed < 0) {
        Arrays.fill(bytes, (byte) 0xff);
      } else {
        new SplittableRandom(seed).nextBytes(bytes);
      }
      float[] expected = decode(format, MemorySegment.ofArray(bytes), 0, count);
      for (int offset : new int[] {1, 2, 7}) {
        byte[] moved = new byte[bytes.length + offset];
        System.arraycopy(bytes, 0, moved, offset, bytes.length);
        assertThat(decode(format, MemorySegment.ofArray(moved), offset, count)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aBadValueSpoilsNoOtherBlock(String name) {
    BlockFormat format = format(name);
    int block = format.blockSize();
    float[] values = normal(5, 3 * block);
    byte[] good = encode(format, values);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE}) {
      values[block] = bad;
      byte[] spoiled = encode(format, values);
      int bytes = format.blockBytes();
      assertThat(Arrays.copyOf(spoiled, bytes)).isEqualTo(Arrays.copyOf(good, bytes));
      assertThat(Arrays.copyOfRange(spoiled, 2 * bytes, 3 * bytes))
          .isEqualTo(Arrays.copyOfRange(good, 2 * bytes, 3 * bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({"F32", "F16", "BF16"})
  void plainFormatsKeepNanInfinityAndTheSignOfZero(String name) {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f};
    byte[] data = encode(format(name), values);
    assertThat(decode(format(name), MemorySegment.ofArray(data), 0, 5)).isEqualTo(values);
  }

  /** Tolerance: a double holds each product of two floats, and sums 512 of them to 2^-44. */
  @ParameterizedTest
  @MethodSource("all")
  void dotIsTheSumOfDecodedProducts(String name) {
    BlockFormat format = format(name);
    MemorySegment data = MemorySegment.ofArray(encode(format, normal(6, 512)));
    float[] x = normal(7, 515);
    float[] decoded = decode(format, data, 0, 512);
    double sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += (double) decoded[i] * x[3 + i];
    }
    assertThat(format.dot(data, 0, x, 3, 512)).isCloseTo(sum, within(512 * 25 * 0x1p-44));
  }

  @ParameterizedTest
  @MethodSource("all")
  void rowsThatDoNotFillBlocksAreRefused(String name) {
    BlockFormat format = format(name);
    int count = format.blockSize() == 1 ? -1 : format.blockSize() + 1;
    String message =
        "%s stores blocks of %d values, a row of %d does not fill whole blocks"
            .formatted(name, format.blockSize(), count);
    assertThatThrownBy(() -> format.bytesFor(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    if (count > 0) {
      MemorySegment data = MemorySegment.ofArray(new byte[1000]);
      float[] values = new float[2 * count];
      assertThatThrownBy(() -> format.decode(data, 0, values, 0, count)).hasMessage(message);
      assertThatThrownBy(() -> format.encode(values, 0, count, data, 0)).hasMessage(message);
    }
  }

  private static byte[] encode(BlockFormat format, float[] values) {
    byte[] data = new byte[(int) format.bytesFor(values.length)];
    format.encode(values, 0, values.length, MemorySegment.ofArray(data), 0);
    return data;
  }

  private static float[] decode(BlockFormat format, MemorySegment data, long offset, int count) {
    float[] values = new float[count];
    format.decode(data, offset, values, 0, count);
    return values;
  }

  private static float[] normal(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static ValueLayout.OfFloat floats() {
    return ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static MemorySegment golden(String name) {
    String path = "/golden/quant/blocks/" + name + ".bin";
    try (InputStream in = Objects.requireNonNull(FormatsTest.class.getResourceAsStream(path))) {
      return MemorySegment.ofArray(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
