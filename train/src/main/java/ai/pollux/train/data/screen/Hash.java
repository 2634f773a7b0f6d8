package ai.pollux.train.data.screen;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import java.util.List;

/**
 * 64-bit hashes of words, texts and media. Among a billion different things the chance that one
 * given other thing has the hash of any is 1e9 / 2^64, about 5e-11.
 */
final class Hash {
  private static final long FNV = 0x100000001B3L;
  private static final long START = 0xCBF29CE484222325L;

  private Hash() {}

  /** FNV-1a over characters, then mixed. */
  static long of(CharSequence text) {
    long hash = START;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV;
    }
    return mix(hash);
  }

  /** Each word. */
  static long[] of(List<String> words) {
    long[] hashes = new long[words.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = of(words.get(i));
    }
    return hashes;
  }

  /** Neighbours {@code from} to before {@code from + count}, in order. */
  static long gram(long[] words, int from, int count) {
    long hash = count;
    for (int i = from; i < from + count; i++) {
      hash = mix(hash * FNV + words[i]);
    }
    return hash;
  }

  /** Pixels with their size, samples in 16 bits, frames in order. */
  static long of(Medium medium) {
    return switch (medium) {
      case Medium.Picture(RgbImage image) -> of(image);
      case Medium.Sound(float[] samples) -> {
        long hash = START;
        for (float sample : samples) {
          hash = (hash ^ Math.round(sample * 32768)) * FNV;
        }
        yield mix(hash);
      }
      case Medium.Film film -> {
        long hash = START;
        for (RgbImage frame : film.frames()) {
          hash = mix(hash ^ of(frame)) * FNV;
        }
        yield mix(hash);
      }
    };
  }

  static long of(RgbImage image) {
    long hash = START + image.width();
    for (byte value : image.rgb()) {
      hash = (hash ^ (value & 0xFF)) * FNV;
    }
    return mix(hash);
  }

  /** The finaliser of SplitMix64: every bit of the result depends on every bit. */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
