package ai.pollux.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Resizing beside its formula in doubles; that it is the reference's bit by bit, the goldens say.
 */
final class ResamplingTest {
  private static final int[][] SIZES = {
    {7, 5, 7, 5}, {40, 30, 13, 9}, {5, 9, 31, 40}, {1, 1, 9, 8}
  };

  @ParameterizedTest
  @EnumSource
  void oneColourStays(Resampling resampling) {
    byte[] rgb = new byte[3 * 31 * 17];
    Arrays.fill(rgb, (byte) 201);
    byte[] resized = resampling.resize(new RgbImage(31, 17, rgb), 12, 50).rgb();
    assertThat(resized).hasSize(3 * 12 * 50).containsOnly((byte) 201);
  }

  /**
   * Each pass rounds to a byte, the first one's half is weighted by at most 1.3 (the sum of a
   * cubic's weights without their signs) in the second; weights of 15 bits or more add less.
   */
  @ParameterizedTest
  @EnumSource
  void pixelsAreWeightedMeans(Resampling resampling) {
    Random random = new Random(1);
    for (int[] size : SIZES) {
      byte[] rgb = new byte[3 * size[0] * size[1]];
      random.nextBytes(rgb);
      RgbImage image = new RgbImage(size[0], size[1], rgb);
      RgbImage resized = resampling.resize(image, size[2], size[3]);
      for (int y = 0; y < size[3]; y++) {
        for (int x = 0; x < size[2]; x++) {
          double wanted = Math.clamp(mean(image, resampling, x, y, size), 0, 255);
          assertThat(resized.rgb()[3 * (y * size[2] + x)] & 0xFF)
              .isCloseTo((int) Math.round(wanted), within(2));
        }
      }
    }
  }

  private static double mean(RgbImage image, Resampling resampling, int x, int y, int[] size) {
    double[] across = weights(resampling, size[0], size[2], x);
    double[] down = weights(resampling, size[1], size[3], y);
    double sum = 0;
    for (int row = 0; row < size[1]; row++) {
      double inRow = 0;
      for (int column = 0; column < size[0]; column++) {
        inRow += across[column] * (image.rgb()[3 * (row * size[0] + column)] & 0xFF);
      }
      sum += down[row] * Math.clamp(inRow, 0, 255);
    }
    return sum;
  }

  private static double[] weights(Resampling resampling, int from, int to, int at) {
    double[] weights = new double[from];
    if (from == to) {
      weights[at] = 1;
      return weights;
    }
    double scale = (double) from / to;
    double centre = scale * (at + 0.5);
    for (int j = 0; j < from; j++) {
      weights[j] = resampling.kernel((j + 0.5 - centre) / Math.max(scale, 1));
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
