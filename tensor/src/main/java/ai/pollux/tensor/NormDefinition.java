package ai.pollux.tensor;

/** What the operations over the innermost axis mean. */
final class NormDefinition {
  private NormDefinition() {}

  static Tensor rmsNorm(Ops ops, Tensor x, Tensor gain, float epsilon) {
    Checks.rowwise("rmsNorm", x, gain);
    return ops.multiply(ops.rmsNorm(x, epsilon), gain);
  }

  static Tensor rmsNorm(Ops ops, Tensor x, float epsilon) {
    Checks.rowwise("rmsNorm", x);
    int width = x.size(-1);
    float[] out = x.toArray();
    for (int at = 0; at < out.length; at += width) {
      double squares = 0;
      for (int i = at; i < at + width; i++) {
        squares += (double) out[i] * out[i];
      }
      double factor = 1 / Math.sqrt(squares / width + epsilon);
      for (int i = at; i < at + width; i++) {
        out[i] = (float) (out[i] * factor);
      }
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor layerNorm(Ops ops, Tensor x, Tensor gain, Tensor bias, float epsilon) {
    Checks.rowwise("layerNorm", x, gain, bias);
    int width = x.size(-1);
    float[] out = x.toArray();
    for (int at = 0; at < out.length; at += width) {
      double sum = 0;
      for (int i = at; i < at + width; i++) {
        sum += out[i];
      }
      double mean = sum / width;
      double squares = 0;
      for (int i = at; i < at + width; i++) {
        squares += (out[i] - mean) * (out[i] - mean);
      }
      double factor = 1 / Math.sqrt(squares / width + epsilon);
      for (int i = at; i < at + width; i++) {
        out[i] = (float) ((out[i] - mean) * factor);
      }
    }
    return ops.add(ops.multiply(ops.tensor(x.shape(), out), gain), bias);
  }

  static Tensor matchMagnitude(Ops ops, Tensor x, Tensor like, float epsilon) {
    Checks.rowwise("matchMagnitude", x);
    Checks.same("matchMagnitude", x, like);
    int width = x.size(-1);
    float[] out = x.toArray();
    float[] other = like.toArray();
    for (int at = 0; at < out.length; at += width) {
      double squares = 0;
      double wanted = 0;
      for (int i = at; i < at + width; i++) {
        squares += (double) out[i] * out[i];
        wanted += (double) other[i] * other[i];
      }
      double factor = Math.sqrt(wanted / width) / Math.sqrt(Math.max(squares / width, epsilon));
      for (int i = at; i < at + width; i++) {
        out[i] = (float) (out[i] * factor);
      }
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor gaussianTopK(Ops ops, Tensor x, float deviations) {
    Checks.rowwise("gaussianTopK", x);
    int width = x.size(-1);
    float[] out = x.toArray();
    for (int at = 0; at < out.length; at += width) {
      double sum = 0;
      for (int i = at; i < at + width; i++) {
        sum += out[i];
      }
      double mean = sum / width;
      double squares = 0;
      for (int i = at; i < at + width; i++) {
        squares += (out[i] - mean) * (out[i] - mean);
      }
      double cutoff = mean + deviations * Math.sqrt(squares / width);
      for (int i = at; i < at + width; i++) {
        out[i] = (float) Math.max(out[i] - cutoff, 0);
      }
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor cumulativeNorm(Ops ops, Tensor x, float epsilon) {
    Checks.rank("cumulativeNorm", 2, x);
    int width = x.size(1);
    float[] out = x.toArray();
    double sum = 0;
    double squares = 0;
    for (int end = width; end <= out.length && width > 0; end += width) {
      for (int i = end - width; i < end; i++) {
        sum += out[i];
      }
      double mean = sum / end;
      for (int i = end - width; i < end; i++) {
        squares += (out[i] - mean) * (out[i] - mean);
      }
      double factor = 1 / Math.sqrt(squares / end + epsilon);
      for (int i = end - width; i < end; i++) {
        out[i] = (float) ((out[i] - mean) * factor);
      }
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor softmax(Ops ops, Tensor x) {
    Checks.rowwise("softmax", x);
    int width = x.size(-1);
    float[] out = x.toArray();
    for (int at = 0; at < out.length; at += width) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = at; i < at + width; i++) {
        max = Math.max(max, out[i]);
      }
      double sum = 0;
      for (int i = at; i < at + width; i++) {
        sum += Math.exp(out[i] - max);
      }
      for (int i = at; i < at + width; i++) {
        out[i] = (float) (Math.exp(out[i] - max) / sum);
      }
    }
    return ops.tensor(x.shape(), out);
  }
}
