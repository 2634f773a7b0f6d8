package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Convolution;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * The patches of an image, one per row, so that a convolution is a product with a matrix: pixels
 * beside each other in a window lie beside each other in the image, so a row of the window is one
 * copy.
 */
final class UnfoldKernel implements RangeKernel {
  private final Split split;
  private @Nullable Convolution window;
  private long image;
  private long patches;
  private int channels;
  private int first;

  UnfoldKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  /** Writes the patches of {@code result}'s rows, the first of which is that of a pixel. */
  void run(SimdTensor x, Convolution by, int firstPixel, SimdTensor result) {
    window = by;
    image = x.address();
    patches = result.address();
    channels = x.size(1);
    first = firstPixel;
    split.rows(this, result.size(0), result.size(1));
  }

  @Override
  public void range(int from, int end) {
    Convolution by = Objects.requireNonNull(window);
    long rowBytes = 4L * channels * by.kernelWidth();
    for (int i = from; i < end; i++) {
      int pixel = first + i;
      int top = pixel / by.outWidth() * by.strideDown() - by.top();
      int left = pixel % by.outWidth() * by.strideAcross() - by.left();
      long to = patches + rowBytes * by.kernelHeight() * i;
      for (int row = top; row < top + by.kernelHeight(); row++) {
        copyRow(by, row, left, to);
        to += rowBytes;
      }
    }
  }

  private void copyRow(Convolution by, int row, int left, long to) {
    int begin = Math.clamp(left, 0, by.width());
    int end = Math.clamp((long) left + by.kernelWidth(), begin, by.width());
    if (row < 0 || row >= by.height()) {
      end = begin;
    }
    if (begin == end) {
      clear(to, channels * by.kernelWidth());
    } else {
      long pixelBytes = 4L * channels;
      clear(to, channels * (begin - left));
      Memory.copy(
          image + pixelBytes * ((long) row * by.width() + begin),
          to + pixelBytes * (begin - left),
          pixelBytes * (end - begin));
      clear(to + pixelBytes * (end - left), channels * (left + by.kernelWidth() - end));
    }
  }

  /** out[i] = 0. */
  private static void clear(long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.zero(FLOATS).intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, 0);
    }
  }
}
