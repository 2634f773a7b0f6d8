package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Convolution;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of each channel by itself, pixel by pixel of the result: sums over the window stay
 * in registers, in its order. Places outside the image are left out.
 */
final class DepthwiseKernel implements RangeKernel {
  private final Split split;
  private @Nullable Convolution window;
  private long image;
  private long kernel;
  private long out;
  private int channels;

  DepthwiseKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor x, SimdTensor factors, Convolution by, SimdTensor result) {
    window = by;
    image = x.address();
    kernel = factors.address();
    out = result.address();
    channels = x.size(1);
    split.rows(this, by.outPixels(), channels * by.kernelPixels());
  }

  @Override
  public void range(int from, int end) {
    Convolution by = Objects.requireNonNull(window);
    for (int pixel = from; pixel < end; pixel++) {
      int top = pixel / by.outWidth() * by.strideDown() - by.top();
      int left = pixel % by.outWidth() * by.strideAcross() - by.left();
      int row = Math.max(0, -top);
      int rows = Math.min(by.kernelHeight(), by.height() - top) - row;
      int column = Math.max(0, -left);
      int columns = Math.min(by.kernelWidth(), by.width() - left) - column;
      long x = image + 4L * channels * ((long) (top + row) * by.width() + left + column);
      long k = kernel + 4L * channels * ((long) row * by.kernelWidth() + column);
      long xDown = 4L * channels * by.width();
      long kDown = 4L * channels * by.kernelWidth();
      sum(x, xDown, k, kDown, rows, columns, out + 4L * channels * pixel);
    }
  }

  /** out[c] = Σ over rows and columns of x[row, column, c] · k[row, column, c]. */
  private void sum(long x, long xDown, long k, long kDown, int rows, int columns, long result) {
    int c = 0;
    for (; c <= channels - Lanes.COUNT; c += Lanes.COUNT) {
      vector(x + 4L * c, xDown, k + 4L * c, kDown, rows, columns, result + 4L * c);
    }
    for (; c < channels; c++) {
      one(x + 4L * c, xDown, k + 4L * c, kDown, rows, columns, result + 4L * c);
    }
  }

  private void vector(long x, long xDown, long k, long kDown, int rows, int columns, long result) {
    long across = 4L * channels;
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        FloatVector value =
            FloatVector.fromMemorySegment(FLOATS, ALL, x + row * xDown + column * across, ORDER);
        sum =
            value.fma(
                FloatVector.fromMemorySegment(
                    FLOATS, ALL, k + row * kDown + column * across, ORDER),
                sum);
      }
    }
    sum.intoMemorySegment(ALL, result, ORDER);
  }

  private void one(long x, long xDown, long k, long kDown, int rows, int columns, long result) {
    long across = 4L * channels;
    float sum = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float value = Memory.get(x + row * xDown + column * across);
        sum = Math.fma(value, Memory.get(k + row * kDown + column * across), sum);
      }
    }
    Memory.set(result, sum);
  }
}
