package ai.pollux.content.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResamplerTest {
  private static final int TO = SoundFile.SAMPLE_RATE_HZ;

  @Test
  void leavesSoundOfTheRightRateAsItIs() {
    float[] samples = noise(1000);
    assertThat(whole(TO, samples, 137)).containsExactly(samples);
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 11025, 22050, 24000, 32000, 44100, 44101, 48000, 96000, 192000})
  void keepsATone(int rate) {
    double hertz = 1234;
    float[] tone = tone(hertz, rate, rate / 4);
    float[] resampled = whole(rate, tone, 4096);
    assertThat(resampled).hasSize((int) Math.ceil(tone.length * (TO / (double) rate)));
    double worst = 0;
    for (int i = 1000; i < resampled.length - 1000; i++) { // away from where the tone begins, ends
      worst = Math.max(worst, Math.abs(resampled[i] - Math.sin(2 * Math.PI * hertz * i / TO)));
    }
    // The filter is 126 dB down (5e-7); taps and sums of up to 2300 floats add some 2^-24 each.
    assertThat(worst).isLessThan(4e-6);
  }

  @Test
  void removesWhatTheNewRateCannotHold() {
    float[] resampled = whole(44100, tone(9000, 44100, 44100), 1000);
    for (int i = 1000; i < resampled.length - 1000; i++) {
      assertThat(resampled[i]).isCloseTo(0, offset(2e-6f)); // 126 dB down, and rounding
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8000, 44100, 44101, 192000})
  void doesNotDependOnHowTheSoundIsCut(int rate) {
    float[] samples = noise(rate / 20);
    float[] whole = whole(rate, samples, samples.length);
    assertThat(whole(rate, samples, 13)).containsExactly(whole);
    assertThat(whole(rate, samples, 577)).containsExactly(whole);
  }

  @Test
  void makesNothingOfNothing() {
    assertThat(new Resampler(44100, TO).finish()).isEmpty();
  }

  private static float[] whole(int rate, float[] samples, int piece) {
    Resampler resampler = new Resampler(rate, TO);
    float[] result = new float[samples.length * 3 + 10];
    int length = 0;
    for (int from = 0; from < samples.length; from += piece) {
      int to = Math.min(samples.length, from + piece);
      float[] made = resampler.add(Arrays.copyOfRange(samples, from, to));
      System.arraycopy(made, 0, result, length, made.length);
      length += made.length;
    }
    float[] rest = resampler.finish();
    System.arraycopy(rest, 0, result, length, rest.length);
    return Arrays.copyOf(result, length + rest.length);
  }

  private static float[] tone(double hertz, int rate, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return samples;
  }

  private static float[] noise(int length) {
    Random random = new Random(7);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = random.nextFloat() * 2 - 1;
    }
    return samples;
  }
}
