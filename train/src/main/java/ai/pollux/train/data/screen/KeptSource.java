package ai.pollux.train.data.screen;

import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;

/** Some samples of a source, in its order. */
record KeptSource(Source whole, int[] kept) implements Source {
  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public long size() {
    return kept.length;
  }

  @Override
  public Sample sample(long index) {
    return whole.sample(kept[Math.toIntExact(index)]);
  }

  @Override
  public int run() {
    return whole.run();
  }

  @Override
  public void close() {
    whole.close();
  }
}
