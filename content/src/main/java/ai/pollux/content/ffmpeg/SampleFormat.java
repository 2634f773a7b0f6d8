package ai.pollux.content.ffmpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * How a decoder writes its samples. Integers become floats as libsndfile does it: divided by the
 * power of two that is just over the largest.
 */
enum SampleFormat {
  U8(avutil.AV_SAMPLE_FMT_U8, avutil.AV_SAMPLE_FMT_U8P, 1),
  S16(avutil.AV_SAMPLE_FMT_S16, avutil.AV_SAMPLE_FMT_S16P, 2),
  S32(avutil.AV_SAMPLE_FMT_S32, avutil.AV_SAMPLE_FMT_S32P, 4),
  F32(avutil.AV_SAMPLE_FMT_FLT, avutil.AV_SAMPLE_FMT_FLTP, 4),
  F64(avutil.AV_SAMPLE_FMT_DBL, avutil.AV_SAMPLE_FMT_DBLP, 8);

  /** The largest amplitude that is let through: some files hold sound scaled as 16-bit integers. */
  private static final float LOUDEST = 32768;

  private final int interleaved;
  private final int planar;
  private final int bytes;

  SampleFormat(int interleaved, int planar, int bytes) {
    this.interleaved = interleaved;
    this.planar = planar;
    this.bytes = bytes;
  }

  /** The format that FFmpeg has this number for. */
  static Optional<SampleFormat> of(int number) {
    for (SampleFormat format : values()) {
      if (format.interleaved == number || format.planar == number) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** Bytes of a sample. */
  int bytes() {
    return bytes;
  }

  /** The sample at a byte; what is not a number is silence. */
  float at(byte[] raw, int offset) {
    return switch (this) {
      case U8 -> ((raw[offset] & 255) - 128) / 128f;
      case S16 -> (short) Bits.SHORT.get(raw, offset) / 32768f;
      case S32 -> (int) Bits.INT.get(raw, offset) * 0x1p-31f;
      case F32 -> bounded((float) Bits.FLOAT.get(raw, offset));
      case F64 -> bounded((float) (double) Bits.DOUBLE.get(raw, offset));
    };
  }

  private static float bounded(float sample) {
    return Float.isNaN(sample) ? 0 : Math.clamp(sample, -LOUDEST, LOUDEST);
  }

  private static final class Bits {
    static final VarHandle SHORT = view(short[].class);
    static final VarHandle INT = view(int[].class);
    static final VarHandle FLOAT = view(float[].class);
    static final VarHandle DOUBLE = view(double[].class);

    private static VarHandle view(Class<?> type) {
      return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.nativeOrder());
    }
  }
}
