package ai.pollux.model.families;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Operations with the mask of Gemma 4's sound tower turned around, as transformers 5.18 has it
 * under {@code attn_implementation="eager"}. Everything else is left to other operations, so what
 * differs from the product is the mask alone.
 *
 * <p>The reference cuts a sound into chunks of N rows, and what a row may see at all is its chunk
 * and the one before. Of these it is meant to see itself and the N - 1 before it. Turned around, it
 * sees the others: those N or more rows back, those that come later, and rows of padding. Up to N
 * rows back (there is a row of sines for N too, which is never used otherwise) how far back they
 * lie counts. A row that has nothing to see takes all 2N places alike, those before the first row
 * and behind the last one as zeros.
 *
 * @param valid how many of the rows are no padding
 */
record TurnedMask(Ops ops, int valid) implements InvocationHandler {
  /** Operations that make their tensors in {@code ops}, which stays the caller's to close. */
  static Ops over(Ops ops, int valid) {
    Class<?>[] kinds = {Ops.class};
    return (Ops)
        Proxy.newProxyInstance(
            TurnedMask.class.getClassLoader(), kinds, new TurnedMask(ops, valid));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("relativeAttention")) {
      return attention(
          (Tensor) arguments[0],
          (Tensor) arguments[1],
          (Tensor) arguments[2],
          (Tensor) arguments[3],
          (float) arguments[4]);
    }
    if (method.getName().equals("linear") && isSines((Tensor) arguments[0])) {
      return ops.linear(oneMore((Tensor) arguments[0]), (Weight) arguments[1]);
    }
    try {
      return method.invoke(ops, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  /** Whether these are the tower's sines and cosines of distances: of 0 they are zeros and ones. */
  private static boolean isSines(Tensor x) {
    float[] first = new float[x.size(1)];
    x.copyTo(0, first, 0, first.length);
    for (int i = 0; i < first.length; i++) {
      if (first[i] != (i < first.length / 2 ? 0 : 1)) {
        return false;
      }
    }
    return true;
  }

  /** Sines and cosines of 0 … N - 1 times some angles, and those of N times. */
  private Tensor oneMore(Tensor sines) {
    int rows = sines.size(0);
    int width = sines.size(1);
    int half = width / 2;
    float[] values = Arrays.copyOf(sines.toArray(), (rows + 1) * width);
    for (int i = 0; i < half; i++) {
      double angle = Math.atan2(values[width + i], values[width + half + i]);
      values[rows * width + i] = (float) Math.sin(rows * angle);
      values[rows * width + half + i] = (float) Math.cos(rows * angle);
    }
    return ops.tensor(Shape.of(rows + 1, width), values);
  }

  private Tensor attention(Tensor q, Tensor k, Tensor v, Tensor distances, float softcap) {
    int width = q.size(1) * q.size(2);
    Head head =
        new Head(
            q.toArray(), k.toArray(), v.toArray(), distances.toArray(), width, q.size(2), softcap);
    float[] out = new float[q.size(0) * width];
    for (int row = 0; row < q.size(0); row++) {
      for (int at = 0; at < width; at += q.size(2)) {
        head.mix(row, at, q.size(0), distances.size(0) - 1, valid, out);
      }
    }
    return ops.tensor(Shape.of(q.size(0), width), out);
  }

  private record Head(
      float[] queries,
      float[] keys,
      float[] values,
      float[] distances,
      int width,
      int size,
      float softcap) {
    /** One head of one row, from column {@code at} on. */
    void mix(int row, int at, int rows, int chunk, int valid, float[] out) {
      int first = (row / chunk - 1) * chunk;
      double[] shares = new double[2 * chunk];
      double sum = 0;
      for (int place = 0; place < shares.length; place++) {
        int key = first + place;
        boolean exists = key >= 0 && key < rows;
        boolean isMeant = key <= row && key > row - chunk && key < valid;
        if (exists && !isMeant) {
          // Scores lie within ± softcap = 50: their exponentials are far from a double's limits.
          shares[place] = Math.exp(score(row, key, at, chunk));
          sum += shares[place];
        }
      }
      for (int place = 0; place < shares.length; place++) {
        double share = sum > 0 ? shares[place] / sum : 1.0 / shares.length;
        int key = first + place;
        for (int i = at; i < at + size && key >= 0 && key < rows; i++) {
          out[row * width + i] += (float) (share * values[key * width + i]);
        }
      }
    }

    private double score(int row, int key, int at, int chunk) {
      int back = row - key;
      boolean isNear = back >= 0 && back <= chunk;
      double score = 0;
      for (int i = at; i < at + size; i++) {
        double far = isNear ? distances[back * width + i] : 0;
        score += queries[row * width + i] * (keys[key * width + i] + far);
      }
      return softcap * Math.tanh(score / softcap);
    }
  }
}
