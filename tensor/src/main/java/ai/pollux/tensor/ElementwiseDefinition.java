package ai.pollux.tensor;

/** What the operations on single values mean. */
final class ElementwiseDefinition {
  private ElementwiseDefinition() {}

  static Tensor add(Ops ops, Tensor a, Tensor b) {
    Checks.broadcast("add", a, b);
    float[] out = a.toArray();
    float[] other = b.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] += other[i % other.length];
    }
    return ops.tensor(a.shape(), out);
  }

  static Tensor multiply(Ops ops, Tensor a, Tensor b) {
    Checks.broadcast("multiply", a, b);
    float[] out = a.toArray();
    float[] other = b.toArray();
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
    Checks.softcap(cap);
    float[] out = x.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (cap * Math.tanh((double) out[i] / cap));
    }
    return ops.tensor(x.shape(), out);
  }

  static Tensor clamp(Ops ops, Tensor x, float least, float most) {
    Checks.clamp(least, most);
    float[] out = x.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.min(Math.max(out[i], least), most);
    }
    return ops.tensor(x.shape(), out);
  }
}
