package ai.pollux.tensor;

/**
 * A way to compute: the reference, SIMD, libtorch. Owns what lives as long as a model (packed
 * weights, gains), frees it when closed. A constructor argument, never a static.
 */
public interface Backend extends AutoCloseable {
  /** A short name for messages and benchmarks, like {@code simd}. */
  String name();

  /**
   * The operations of one step. A backend may hand out the same object again once it was closed;
   * two steps of one backend do not run at the same time.
   */
  Ops open();

  /** A small long-lived tensor: a gain, a bias. */
  Tensor tensor(Shape shape, float[] values);

  /**
   * The weight in the layout this backend computes with best; the weight itself where it has none.
   */
  Weight pack(Weight.Stored weight);

  /**
   * The tensor of values that a checkpoint has under a name. Backends that train remember the name;
   * to others it is a tensor like any.
   */
  default Tensor tensor(Origin origin, Shape shape, float[] values) {
    return tensor(shape, values);
  }

  /** {@link #pack(Weight.Stored)} of a weight that a checkpoint has under a name. */
  default Weight pack(Origin origin, Weight.Stored weight) {
    return pack(weight);
  }

  /**
   * A table of which only single rows are read, and which may therefore stay in its file: the
   * weight itself, unless this backend trains it.
   */
  default Weight table(Origin origin, Weight.Stored weight) {
    return weight;
  }

  /** A cache of the given sizes. The caller closes it. */
  KvCache cache(KvCacheLayout layout);

  @Override
  void close();
}
