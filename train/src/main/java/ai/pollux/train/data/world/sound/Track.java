package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import java.util.Arrays;

/** A sound that is being made, piece after piece. */
final class Track {
  static final int RATE = 16_000;
  private static final int RAMP = 160; // samples in which a tone comes and goes
  private static final int STEP = 64; // samples between two changes of pitch

  private float[] samples = new float[RATE];
  private int length;

  /** Nothing for so long. */
  Track silence(double seconds) {
    grow((int) (seconds * RATE));
    return this;
  }

  /** A tone that goes evenly from one loudness and pitch to another. */
  Track tone(double seconds, double fromHz, double toHz, Voice voice, double from, double to) {
    int count = (int) (seconds * RATE);
    int start = grow(count);
    double[] level = voice.levels();
    for (int h = 0; h < level.length; h++) {
      double cos = 1;
      double sin = 0;
      double turnCos = 1;
      double turnSin = 0;
      for (int i = 0; i < count; i++) {
        if (i % STEP == 0) {
          double hz = fromHz + (toHz - fromHz) * i / count;
          double angle = 2 * StrictMath.PI * (h + 1) * hz / RATE;
          turnCos = StrictMath.cos(angle);
          turnSin = StrictMath.sin(angle);
        }
        double next = cos * turnCos - sin * turnSin;
        sin = cos * turnSin + sin * turnCos;
        cos = next;
        double ramp = Math.min(1, Math.min(i, count - 1 - i) / (double) RAMP);
        double loud = from + (to - from) * i / count;
        samples[start + i] += (float) (level[h] * loud * ramp * sin);
      }
    }
    return this;
  }

  /** An even tone. */
  Track tone(double seconds, double hz, Voice voice) {
    return tone(seconds, hz, hz, voice, voice.gain(), voice.gain());
  }

  /** A burst of noise. */
  Track hiss(double seconds, double gain, Draw draw) {
    int count = (int) (seconds * RATE);
    int start = grow(count);
    addNoise(start, length, gain, draw);
    return this;
  }

  /** Recorded samples, faster or slower, louder or softer. */
  Track clip(short[] clip, double speed, double gain) {
    int count = (int) ((clip.length - 1) / speed);
    int start = grow(count);
    for (int i = 0; i < count; i++) {
      double at = i * speed;
      int before = (int) at;
      double part = at - before;
      double value = clip[before] * (1 - part) + clip[before + 1] * part;
      samples[start + i] += (float) (value / 32768 * gain);
    }
    return this;
  }

  /** Noise over all of it. */
  Track noise(double gain, Draw draw) {
    addNoise(0, length, gain, draw);
    return this;
  }

  private void addNoise(int from, int to, double gain, Draw draw) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      bits = (i - from) % 4 == 0 ? draw.bits() : bits >>> 16;
      samples[i] += (float) (((bits & 0xFFFF) / 32767.5 - 1) * gain);
    }
  }

  /** Makes room for so many more; returns where they begin. */
  private int grow(int count) {
    int start = length;
    length += count;
    if (length > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(length, 2 * samples.length));
    }
    return start;
  }

  /** All of it in steps of 1/32768, as a file of 16 bits holds it. */
  Medium.Sound sound() {
    float[] all = new float[length];
    for (int i = 0; i < length; i++) {
      all[i] = Math.clamp(Math.round(samples[i] * 32768), -32768, 32767) / 32768f;
    }
    return new Medium.Sound(all);
  }
}
