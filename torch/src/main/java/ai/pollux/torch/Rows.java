package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.index_select;

import ai.pollux.tensor.Convolution;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Operations that gather rows of matrices. */
final class Rows {
  private final Values values;

  Rows(Values values) {
    this.values = values;
  }

  /**
   * Some rows of a matrix. By way of {@code embedding}, whose gradient adds rows in parallel; that
   * of {@code index_select} is an operation for each row.
   */
  Tensor take(Tensor x, int[] rows) {
    Tensor indices = values.indices(rows);
    return x.size(1) == 0 ? index_select(x, 0, indices) : embedding(x, indices);
  }

  /** A matrix with some rows replaced. */
  Tensor place(Tensor x, int[] rows, Tensor replacing) {
    int count = Math.toIntExact(x.size(0));
    int[] sources = new int[count];
    Arrays.setAll(sources, row -> row);
    for (int i = 0; i < rows.length; i++) {
      sources[rows[i]] = count + i;
    }
    return take(joined(x, replacing, 0), sources);
  }

  /** Two matrices, one below or beside the other; in f32 where their types differ. */
  static Tensor joined(Tensor a, Tensor b, int axis) {
    boolean alike = a.scalar_type() == b.scalar_type();
    return alike
        ? cat(new TensorVector(a, b), axis)
        : cat(new TensorVector(Values.full(a), Values.full(b)), axis);
  }

  /** The pixels under each window, zeros outside: [H·W, C] → [H'·W' · kernel pixels, C]. */
  Tensor windows(Tensor x, Convolution window) {
    int outside = window.pixels();
    int[] pixels = new int[window.outPixels() * window.kernelPixels()];
    for (int out = 0; out < window.outPixels(); out++) {
      for (int k = 0; k < window.kernelPixels(); k++) {
        int row =
            out / window.outWidth() * window.strideDown() - window.top() + k / window.kernelWidth();
        int column =
            out % window.outWidth() * window.strideAcross()
                - window.left()
                + k % window.kernelWidth();
        boolean inside =
            row >= 0 && row < window.height() && column >= 0 && column < window.width();
        pixels[out * window.kernelPixels() + k] = inside ? row * window.width() + column : outside;
      }
    }
    return take(joined(x, Values.zeros(x, 1, x.size(1)), 0), pixels);
  }

  /** Each channel's windows times the kernel: [H·W, C] → [H'·W', C]. */
  Tensor depthwise(Tensor x, Tensor kernel, Convolution window) {
    Tensor patches =
        windows(x, window).reshape(window.outPixels(), window.kernelPixels(), x.size(1));
    return patches.mul(kernel).sum(1);
  }
}
