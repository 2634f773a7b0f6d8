package ai.pollux.tensor.simd;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import ai.pollux.tensor.quant.BlockFormat;
import java.util.Arrays;

/** How a cache keeps one value. */
enum CacheFormat {
  F32(Float.BYTES) {
    @Override
    void set(long address, float value) {
      Memory.set(address, value);
    }

    @Override
    float get(long address) {
      return Memory.get(address);
    }
  },
  F16(Short.BYTES) {
    @Override
    void set(long address, float value) {
      Memory.ALL.set(JAVA_SHORT_UNALIGNED, address, Float.floatToFloat16(value));
    }

    @Override
    float get(long address) {
      return Float.float16ToFloat(Memory.ALL.get(JAVA_SHORT_UNALIGNED, address));
    }
  },
  BF16(Short.BYTES) {
    // Rounds to nearest, ties to even; NaN stays NaN.
    @Override
    void set(long address, float value) {
      int bits = Float.floatToRawIntBits(value);
      int rounded = Float.isNaN(value) ? bits | 0x0040_0000 : bits + 0x7fff + ((bits >>> 16) & 1);
      Memory.ALL.set(JAVA_SHORT_UNALIGNED, address, (short) (rounded >>> 16));
    }

    @Override
    float get(long address) {
      return Float.intBitsToFloat(Memory.ALL.get(JAVA_SHORT_UNALIGNED, address) << 16);
    }
  };

  private final int bytes;

  CacheFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per value. */
  int bytes() {
    return bytes;
  }

  /** Rounds a value and writes it. */
  abstract void set(long address, float value);

  abstract float get(long address);

  /** The kind of a block format, if a cache can be kept in it. */
  static CacheFormat of(BlockFormat format) {
    for (CacheFormat candidate : values()) {
      if (candidate.name().equals(format.name())) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "a cache is kept in one of %s, found %s"
            .formatted(Arrays.toString(values()), format.name()));
  }
}
