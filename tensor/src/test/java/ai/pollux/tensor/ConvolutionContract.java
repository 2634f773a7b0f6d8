package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Samples.WeightCase;
import ai.pollux.tensor.quant.Formats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Ops#conv2d} and {@link Ops#depthwise}. */
public interface ConvolutionContract extends UnderTest {
  /** Windows inside, at and over the edges of images of all kinds, with and without strides. */
  private static List<Convolution> windows() {
    return List.of(
        Convolution.same(5, 7, 3, 1),
        Convolution.same(5, 7, 3, 2),
        Convolution.same(6, 6, 5, 2),
        Convolution.same(2, 1, 5, 1),
        Convolution.same(4, 3, 1, 1),
        Convolution.same(4, 3, 1, 2),
        Convolution.tiles(6, 9, 2, 3),
        Convolution.padded(9, 6, 3, 2, 0, 2, 1, 1),
        Convolution.padded(1, 1, 3, 1, 3, 3, 4, 4),
        new Convolution(6, 8, 2, 5, 3, 1, 1, 2, 3, 9));
  }

  @Test
  default void conv2dTakesEachWindowTimesTheWeight() {
    for (Convolution window : windows()) {
      for (int channels : new int[] {1, 3, 16, 17, 70}) {
        int in = channels * window.kernelPixels();
        for (WeightCase weight : Samples.forms(Samples.stored(in, Formats.F32, 18, in))) {
          convolution(window, channels, weight);
        }
      }
    }
  }

  @Test
  default void conv2dTakesImagesWhosePatchesAreManyMegabytes() {
    Convolution window = Convolution.same(63, 65, 3, 1);
    convolution(window, 64, Samples.forms(Samples.stored(1, Formats.BF16, 4, 9 * 64)).getLast());
  }

  /** Tolerance: a sum of n products, off by n units of what it could be at most. */
  private void convolution(Convolution window, int channels, WeightCase weight) {
    float[] x = Samples.normal(channels, window.pixels() * channels);
    int in = weight.stored().in();
    double largest = Samples.largest(x) * Samples.largest(weight.values());
    double rounding = inputRounding(weight.stored());
    holds(
        "%s of %d channels with %s".formatted(window, channels, weight),
        (b, ops) ->
            ops.conv2d(
                ops.tensor(Shape.of(window.pixels(), channels), x), weight.on(b, ops), window),
        i -> in * largest * ((in + 8) * UNIT + rounding));
  }

  /** Tolerance: as for conv2d. */
  @Test
  default void depthwiseTakesEachChannelByItself() {
    for (Convolution window : windows()) {
      for (int channels : Samples.lengths()) {
        float[] x = Samples.normal(channels, window.pixels() * channels);
        float[] kernel = Samples.normal(channels + 1, window.kernelPixels() * channels);
        int count = window.kernelPixels();
        double largest = Samples.largest(x) * Samples.largest(kernel);
        holds(
            "depthwise %s of %d channels".formatted(window, channels),
            (b, ops) ->
                ops.depthwise(
                    ops.tensor(Shape.of(window.pixels(), channels), x),
                    b.tensor(Shape.of(count, channels), kernel),
                    window),
            i -> count * largest * (count + 8) * UNIT);
      }
    }
  }

  @Test
  default void whatIsOutsideAnImageIsZeroEvenBesideInfinity() {
    float[] image = {Float.POSITIVE_INFINITY, 1};
    Convolution window = Convolution.same(1, 2, 3, 1);
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    float[] sums =
        found((b, ops) ->
            ops.depthwise(
                ops.tensor(Shape.of(2, 1), image), b.tensor(Shape.of(9, 1), ones), window));
    assertThat(sums).containsExactly(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  @Test
  default void samePaddingIsSmallerBeforeTheImageThanAfterIt() {
    Convolution window = Convolution.same(768, 768, 3, 2);
    assertThat(window.outHeight()).isEqualTo(384);
    assertThat(window.top()).isZero();
    assertThat(Convolution.same(7, 7, 3, 2).top()).isEqualTo(1);
    assertThat(Convolution.same(9, 9, 5, 1).left()).isEqualTo(2);
  }

  @Test
  default void refusesImagesAndWeightsThatDoNotFitTheWindow() {
    Convolution window = Convolution.same(2, 2, 3, 1);
    Shape image = Shape.of(4, 2);
    Weight.Stored weight = Samples.stored(1, Formats.F32, 3, 17);
    refusal((b, ops) -> ops.conv2d(ops.tensor(Shape.of(5, 2), new float[10]), weight, window))
        .hasMessage("conv2d: expected pixels 4, found 5");
    refusal((b, ops) -> ops.conv2d(ops.tensor(image, new float[8]), weight, window))
        .hasMessage("conv2d: expected inputs 17, found 18");
    refusal((b, ops) ->
            ops.depthwise(
                ops.tensor(image, new float[8]), ops.tensor(Shape.of(9, 1), new float[9]), window))
        .hasMessage("depthwise: expected channels of the kernel 2, found 1");
    assertThatThrownBy(() -> Convolution.padded(2, 2, 3, 1, 0, 0, 0, 0))
        .hasMessage(
            "convolution: expected sizes and strides of at least 1 and paddings of at least 0,"
                + " found image [2, 2], window [3, 3], strides [1, 1], padding [0, 0], result"
                + " [0, 0]");
  }
}
