package ai.pollux.content.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealFftTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 512, 1024, 4096})
  void findsTheMagnitudesThatJTransformsFinds(int size) {
    double[] samples = new Random(size).doubles(size, -1, 1).toArray();
    double[] packed = samples.clone();
    new DoubleFFT_1D(size).realForward(packed);
    double[] magnitudes = new double[size / 2 + 1];
    new RealFft(size).magnitudes(samples, magnitudes);
    for (int k = 0; k <= size / 2; k++) {
      double real = k == size / 2 ? packed[1] : packed[2 * k];
      double imaginary = k == 0 || k == size / 2 ? 0 : packed[2 * k + 1];
      // log2(4096) = 12 stages, each within 2^-52 of values up to 4096: 12 · 4096 · 2^-52 ≈ 1e-11
      assertThat(magnitudes[k]).isCloseTo(Math.hypot(real, imaginary), offset(1e-11));
    }
  }

  @Test
  void refusesLengthsThatAreNoPowerOfTwo() {
    assertThatThrownBy(() -> new RealFft(320)).hasMessageContaining("320 samples: a power of two");
  }
}
