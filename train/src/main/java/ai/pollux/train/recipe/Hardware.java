package ai.pollux.train.recipe;

import java.util.List;

/**
 * A machine to train on.
 *
 * @param operations multiplications and additions a second of dense products in bfloat16, as its
 *     maker says; of the build machine, as measured at 1024 cubed
 * @param bytes of memory
 * @param share of those operations that training reaches
 */
public record Hardware(String name, double operations, long bytes, double share) {
  /** What large models reached on their clusters: 38 to 46 % (Llama 3, PaLM). */
  private static final double USUAL = 0.4;

  private static final long GB = 1_000_000_000L;

  /** The ones that estimates are printed for. */
  public static List<Hardware> named() {
    return List.of(
        new Hardware("2 cores of an EPYC (Zen 4)", 0.2e12, 24 * GB, 0.7),
        new Hardware("RTX 4090", 165e12, 24 * GB, USUAL),
        new Hardware("A100 80 GB", 312e12, 80 * GB, USUAL),
        new Hardware("H100 SXM", 989e12, 80 * GB, USUAL),
        new Hardware("H200", 989e12, 141 * GB, USUAL),
        new Hardware("8 x H100 SXM", 8 * 989e12, 80 * GB, USUAL));
  }
}
