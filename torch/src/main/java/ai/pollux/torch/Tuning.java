package ai.pollux.torch;

import java.util.List;
import java.util.function.Predicate;

/** Which weights of a model get gradients. Decided before a model is loaded. */
public sealed interface Tuning {
  /** None: the backend only computes. */
  record None() implements Tuning {}

  /**
   * The weights themselves.
   *
   * @param trained by the checkpoint's names; the others stay as they are
   */
  record Weights(Predicate<String> trained) implements Tuning {
    /** All of them. */
    public static Weights all() {
      return new Weights(name -> true);
    }
  }

  /**
   * Low-rank products beside some matrices, whose own values stay as they are: LoRA, <a
   * href="https://arxiv.org/abs/2106.09685">arXiv 2106.09685</a>. {@code down} starts random,
   * {@code up} with zeros.
   *
   * @param rank of the products
   * @param alpha over rank is what they are multiplied with
   * @param targets last parts of the modules' names, like {@code q_proj}
   * @param seed of the random values
   */
  record LowRank(int rank, float alpha, List<String> targets, long seed) implements Tuning {
    /** Refuses a rank below 1. */
    public LowRank {
      if (rank < 1) {
        throw new IllegalArgumentException("LoRA: expected a rank of 1 or more, found " + rank);
      }
      targets = List.copyOf(targets);
    }

    /** Whether a weight of that name gets a product. */
    boolean targets(String name) {
      return name.endsWith(WEIGHT)
          && targets.contains(module(name).substring(module(name).lastIndexOf('.') + 1));
    }

    /** The module a weight belongs to. */
    static String module(String name) {
      return name.substring(0, name.length() - WEIGHT.length());
    }

    private static final String WEIGHT = ".weight";
  }
}
