package ai.pollux.train.data.screen;

import ai.pollux.train.data.Sample;
import java.util.Optional;

/** One reason to leave a sample out. */
public interface Check {
  /** What it is called in reports. */
  String name();

  /**
   * Why the sample is to be left out; empty where it may stay. A check that remembers what it saw
   * (duplicates) is asked once for each sample, in order.
   */
  Optional<String> objection(Sample sample);
}
