package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.stack;

import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary positions of one step. Angles are made in double, once for each position, and kept for all
 * layers of the step.
 */
final class Rotation {
  /** Sines and cosines of each row: [T, 1, K/2]. */
  private record Angles(TorchTensor cosines, TorchTensor sines) {}

  private record Key(Rope rope, Past past) {
    @Override
    @SuppressWarnings("ReferenceEquality") // an object is what is asked for again and again
    public boolean equals(Object other) {
      return other instanceof Key key && key.rope == rope && key.past == past;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(rope) + System.identityHashCode(past);
    }
  }

  private final Values values;
  private final OwnGradients own;
  private final Handles handles;
  private final Map<Key, Angles> known = new HashMap<>();

  /**
   * @param handles owns the angles
   */
  Rotation(Values values, Handles handles, OwnGradients own) {
    this.values = values;
    this.own = own;
    this.handles = handles;
  }

  /** [T, H, K] → [T, H, K]. */
  Tensor apply(Tensor turned, Rope rope, Past past) {
    Tensor x = Values.full(turned);
    Angles angles = known.computeIfAbsent(new Key(rope, past), this::angles);
    Tensor cos = angles.cosines().handle();
    Tensor sin = angles.sines().handle();
    long pairs = rope.frequencies().length;
    if (rope.interleaved()) {
      Tensor both = x.reshape(x.size(0), x.size(1), pairs, 2);
      Tensor a = both.select(3, 0);
      Tensor b = both.select(3, 1);
      TensorVector out = new TensorVector(first(a, b, cos, sin), second(a, b, cos, sin));
      return stack(out, 3).reshape(x.shape());
    }
    if (GradMode.is_enabled() && x.requires_grad()) {
      Tensor plain = x.detach();
      Tensor back = own.keep(sin.neg());
      own.keep(cos);
      return own.apply(x, () -> turned(plain, cos, sin, pairs), g -> turned(g, cos, back, pairs));
    }
    Tensor a = x.narrow(2, 0, pairs);
    Tensor b = x.narrow(2, pairs, pairs);
    return cat(new TensorVector(first(a, b, cos, sin), second(a, b, cos, sin)), 2);
  }

  /** The same in place of nothing: each half is written once and added to once. */
  private static Tensor turned(Tensor x, Tensor cos, Tensor sin, long pairs) {
    Tensor out = torch.empty_like(x);
    Tensor a = x.narrow(2, 0, pairs);
    Tensor b = x.narrow(2, pairs, pairs);
    torch.mul_out(out.narrow(2, 0, pairs), a, cos).addcmul_(b, sin, new Scalar(-1.0));
    torch.mul_out(out.narrow(2, pairs, pairs), b, cos).addcmul_(a, sin);
    return out;
  }

  private static Tensor first(Tensor a, Tensor b, Tensor cos, Tensor sin) {
    return a.mul(cos).sub(b.mul(sin));
  }

  private static Tensor second(Tensor a, Tensor b, Tensor cos, Tensor sin) {
    return b.mul(cos).add(a.mul(sin));
  }

  private Angles angles(Key key) {
    float[] frequencies = key.rope().frequencies();
    int pairs = frequencies.length;
    int rows = key.past().rows();
    float[] cosines = new float[rows * pairs];
    float[] sines = new float[rows * pairs];
    Map<Integer, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      int position = key.past().position(row);
      int like = rowOf.getOrDefault(position, row);
      if (like < row) {
        System.arraycopy(cosines, like * pairs, cosines, row * pairs, pairs);
        System.arraycopy(sines, like * pairs, sines, row * pairs, pairs);
      } else {
        rowOf.put(position, row);
        for (int pair = 0; pair < pairs; pair++) {
          double angle = (double) position * frequencies[pair];
          cosines[row * pairs + pair] = (float) Math.cos(angle);
          sines[row * pairs + pair] = (float) Math.sin(angle);
        }
      }
    }
    return new Angles(
        handles.keep(values.floats(cosines, rows, 1, pairs)),
        handles.keep(values.floats(sines, rows, 1, pairs)));
  }
}
