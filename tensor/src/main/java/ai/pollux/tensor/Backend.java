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

  /** A cache of the given sizes. The caller closes it. */
  KvCache cache(KvCacheLayout layout);

  @Override
  void close();
}
