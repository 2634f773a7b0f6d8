package ai.pollux.model.mobilenet;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/** One operation of the encoder. */
sealed interface ImageLayer {
  /** The image after it. */
  FeatureMap apply(Ops ops, FeatureMap x);

  /**
   * A convolution over all channels.
   *
   * @param weight [O, kernel² · C]
   * @param kernel side of the window
   * @param stride pixels from one window to the next
   */
  record Convolve(Weight weight, int kernel, int stride) implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      Convolution window = Convolution.same(x.height(), x.width(), kernel, stride);
      Tensor y = ops.conv2d(x.values(), weight, window);
      return new FeatureMap(y, window.outHeight(), window.outWidth());
    }
  }

  /**
   * A convolution of each channel by itself.
   *
   * @param factors [kernel², C]
   * @param kernel side of the window
   * @param stride pixels from one window to the next
   */
  record Depthwise(Tensor factors, int kernel, int stride) implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      Convolution window = Convolution.same(x.height(), x.width(), kernel, stride);
      Tensor y = ops.depthwise(x.values(), factors, window);
      return new FeatureMap(y, window.outHeight(), window.outWidth());
    }
  }

  /** Adds a value to each channel. */
  record Shift(Tensor bias) implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      return x.with(ops.add(x.values(), bias));
    }
  }

  /** Multiplies each channel. */
  record Scale(Tensor gain) implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      return x.with(ops.multiply(x.values(), gain));
    }
  }

  /** A norm over the channels of each pixel. */
  record Normalize(Norm norm) implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      return x.with(norm.apply(ops, x.values()));
    }
  }

  /** GELU. */
  record Gelu() implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      return x.with(ops.activate(x.values(), Activation.GELU_TANH));
    }
  }

  /**
   * Attention among all pixels, with one key and one value for all heads, <a
   * href="https://arxiv.org/abs/1911.02150">arXiv 1911.02150</a>.
   *
   * @param query [H·K, C]
   * @param key from the image to the keys [K]
   * @param value from the image to the values [K]
   * @param output [C, H·K]
   * @param headSize K
   */
  record Attend(Weight query, Layers key, Layers value, Weight output, int headSize)
      implements ImageLayer {
    @Override
    public FeatureMap apply(Ops ops, FeatureMap x) {
      Tensor keys = key.apply(ops, x).values(); // [M, K]
      Tensor values = value.apply(ops, x).values(); // [M, K]
      Tensor queries = ops.linear(x.values(), query); // [N, H·K]
      int count = queries.elements() / headSize;
      queries = ops.scale(queries, (float) (1 / Math.sqrt(headSize)));
      queries = ops.reshape(queries, count, headSize); // [N·H, K]
      Tensor shares = ops.softmax(ops.linear(queries, new Weight.Dense(keys))); // [N·H, M]
      Tensor mixed = ops.combine(shares, ops.reshape(values, 1, values.size(0), headSize));
      Tensor flat = ops.reshape(mixed, x.values().size(0), output.in()); // [N, H·K]
      return x.with(ops.linear(flat, output));
    }
  }
}
