package ai.pollux.model.families;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Operations that compute nothing and make no garbage: tensors with the right shapes, handed out
 * from a pool. What is allocated while a model runs over it, the model allocates.
 */
final class StillOps implements Ops {
  private final Sized[] pool = new Sized[1024];
  private int used;

  StillOps() {
    for (int i = 0; i < pool.length; i++) {
      pool[i] = new Sized();
    }
  }

  private static final class Sized implements Tensor {
    private int rank;
    private int rows;
    private int heads;
    private int columns;

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int size(int axis) {
      int from = axis < 0 ? rank + axis : axis;
      return from == 0 ? rows : from == 1 && rank == 3 ? heads : columns;
    }

    @Override
    public void copyTo(int from, float[] target, int at, int count) {
      throw new UnsupportedOperationException("holds no values");
    }
  }

  private Tensor matrix(int rows, int columns) {
    Sized next = pool[used++];
    next.rank = 2;
    next.rows = rows;
    next.columns = columns;
    return next;
  }

  @Override
  public Tensor tensor(Shape shape, float[] values) {
    throw new UnsupportedOperationException("a model makes no tensors from arrays");
  }

  @Override
  public Tensor embed(int[] ids, Weight table, float scale) {
    return matrix(ids.length, table.in());
  }

  @Override
  public Tensor linear(Tensor x, Weight w) {
    return matrix(x.size(0), w.out());
  }

  @Override
  public Tensor experts(
      Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    return x;
  }

  @Override
  public Tensor combine(Tensor shares, Tensor x) {
    return reshape(x, x.size(0), shares.size(-2), x.size(2));
  }

  @Override
  public Tensor route(Tensor scores, int count) {
    return scores;
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return a;
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return a;
  }

  @Override
  public Tensor scale(Tensor x, float factor) {
    return x;
  }

  @Override
  public Tensor activate(Tensor x, Activation activation) {
    return x;
  }

  @Override
  public Tensor matchMagnitude(Tensor x, Tensor like, float epsilon) {
    return x;
  }

  @Override
  public Tensor gaussianTopK(Tensor x, float deviations) {
    return x;
  }

  @Override
  public Tensor concatenate(Tensor a, Tensor b) {
    return matrix(a.size(0), a.size(1) + b.size(1));
  }

  @Override
  public Tensor gated(Tensor gate, Tensor up, Activation activation) {
    return gate;
  }

  @Override
  public Tensor softcap(Tensor x, float cap) {
    return x;
  }

  @Override
  public Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
    return x;
  }

  @Override
  public Tensor rmsNorm(Tensor x, float epsilon) {
    return x;
  }

  @Override
  public Tensor rope(Tensor x, Rope rope, Past past) {
    return x;
  }

  @Override
  public Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    return matrix(q.size(0), q.size(1) * q.size(2));
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int columns) {
    return matrix(rows, columns);
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int heads, int headSize) {
    Sized next = (Sized) matrix(rows, headSize);
    next.rank = 3;
    next.heads = heads;
    return next;
  }

  @Override
  public Tensor rows(Tensor x, int[] rows) {
    return matrix(rows.length, x.size(1));
  }

  @Override
  public Tensor columns(Tensor x, int from, int count) {
    return matrix(x.size(0), count);
  }

  @Override
  public void close() {
    used = 0;
  }
}
