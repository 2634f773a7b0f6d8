package ai.pollux.model.families;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.ArrayList;
import java.util.List;

/** Another backend, and the sums of all that it was given to keep. */
final class SummingBackend implements Backend {
  private final Backend backend;
  private final List<Sums> sums = new ArrayList<>();

  SummingBackend(Backend backend) {
    this.backend = backend;
  }

  /** The sum of the values and that of their squares. */
  record Sums(double sum, double squares) {
    static Sums of(float[] values) {
      double sum = 0;
      double squares = 0;
      for (float value : values) {
        sum += value;
        squares += (double) value * value;
      }
      return new Sums(sum, squares);
    }

    /** Whether these are the same but for the order of a sum in doubles. */
    boolean isClose(double otherSum, double otherSquares) {
      double allowed = 1e-9 * (1 + squares);
      return Math.abs(sum - otherSum) < allowed && Math.abs(squares - otherSquares) < allowed;
    }
  }

  /** Of every weight and tensor so far. */
  List<Sums> sums() {
    return sums;
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public Ops open() {
    return backend.open();
  }

  @Override
  public Tensor tensor(Shape shape, float[] values) {
    sums.add(Sums.of(values));
    return backend.tensor(shape, values);
  }

  @Override
  public Weight pack(Weight.Stored weight) {
    float[] values = new float[weight.out() * weight.in()];
    weight.format().decode(weight.data(), 0, values, 0, values.length);
    sums.add(Sums.of(values));
    return backend.pack(weight);
  }

  @Override
  public KvCache cache(KvCacheLayout layout) {
    return backend.cache(layout);
  }

  @Override
  public void close() {
    backend.close();
  }
}
