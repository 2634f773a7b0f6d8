package ai.pollux.train.data.screen;

import ai.pollux.train.data.Medium;
import java.util.List;

/**
 * A set that models are measured on.
 *
 * @param name as reports call it
 * @param items in order
 */
public record Benchmark(String name, List<Item> items) {
  /** Copies the list. */
  public Benchmark {
    items = List.copyOf(items);
  }

  /** What is looked for in the training data. */
  public sealed interface Item {
    /** A question with its answer, or a passage. */
    record Words(String text) implements Item {}

    /** A picture or a sound. */
    record Shown(Medium medium) implements Item {}
  }
}
