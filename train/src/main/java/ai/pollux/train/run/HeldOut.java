package ai.pollux.train.run;

import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;

/**
 * A source without every fiftieth of its samples, or these alone: so that a loss can be measured on
 * what was never learned. Owns the source.
 *
 * @param isMeasured which of the two
 */
record HeldOut(Source whole, boolean isMeasured) implements Source {
  private static final int EACH = 50;

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public long size() {
    long measured = (whole.size() + EACH - 1) / EACH;
    return isMeasured ? measured : whole.size() - measured;
  }

  /** Samples 0, 50, 100 … are measured. */
  @Override
  public Sample sample(long index) {
    return whole.sample(isMeasured ? EACH * index : index + index / (EACH - 1) + 1);
  }

  @Override
  public int run() {
    return isMeasured ? 1 : whole.run();
  }

  @Override
  public void close() {
    whole.close();
  }
}
