package ai.pollux.tensor;

/** What the operations on single values mean. */
final class ElementwiseDefinition {
  private ElementwiseDefinition() {}

  static Tensor add(Ops ops, Tensor a, Tensor b) {
    float[] out = a.toArray();
    float[] other = broadcastable("add", a, b);
    for (int i = 0; i < out.length; i++) {
      out[i] += other[i % other.length];
    }
    return ops.tensor(a.shape(), out);
  }

  static Tensor multiply(Ops ops, Tensor a, Tensor b) {
    float[] out = a.toArray();
    float[] other = broadcastable("multiply", a, b);
    for (int i = 0; i < out.length; i++) {
      out[i] *= other[i % other.length];
    }
    return ops.tensor(a.shape(), out);
  }

  static Tensor scale(Ops ops, Tensor x, float factor) {
    float[] out = x.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] *= factor;
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor activate(Ops ops, Tensor x, Activation activation) {
    float[] out = x.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) activate(activation, out[i]);
    }
    return ops.tensor(x.shape(), out);
  }

  private static double activate(Activation activation, double x) {
    return switch (activation) {
      case GELU_TANH ->
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case SILU -> x / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
    };
  }

  static Tensor softcap(Ops ops, Tensor x, float cap) {
    float[] out = x.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (cap * Math.tanh((double) out[i] / cap));
    }
    return ops.tensor(x.shape(), out);
  }

  private static float[] broadcastable(String operation, Tensor a, Tensor b) {
    if (b.rank() == 1) {
      Checks.size(operation, "a vector of", a.size(-1), b.size(0));
    } else {
      Checks.same(operation, a, b);
    }
    return b.toArray();
  }
}
