package ai.pollux.train.recipe;

/**
 * What a training run would take: memory of one process, and time.
 *
 * <p>Weights, gradients and AdamW's two moments are f32: 16 bytes for each weight. With
 * recomputation a step keeps what each block is given, and works on one block at a time: its
 * queries, keys, values, products and gates, forward and back. Logits are there as often as the
 * cross-entropy needs them. Processes that share a step each hold the whole model.
 *
 * <p>A token takes six operations for each weight (<a href="https://arxiv.org/abs/2001.08361">arXiv
 * 2001.08361</a>), and four more for each pair of a token and one that it sees, layer and width of
 * its heads; recomputation does a third of them again.
 *
 * @param stateBytes weights, gradients, moments
 * @param stepBytes what a step adds at its largest
 * @param operations of all tokens
 */
public record Estimate(long stateBytes, long stepBytes, double operations) {
  private static final int F32 = 4;

  /** As many tokens for each weight as Hoffmann et al. found best (arXiv 2203.15556). */
  public static final int TOKENS_PER_WEIGHT = 20;

  /**
   * Of a recipe.
   *
   * @param rows tokens of a batch, in sequences of the recipe's context length
   * @param tokens of the whole run
   */
  public static Estimate of(Recipe recipe, int rows, double tokens) {
    long weights = recipe.parameterCount();
    long width = recipe.hiddenSize();
    long inputs = (long) recipe.layers() * rows * width * F32;
    long heads = 0;
    double pairs = 0;
    for (int layer = 0; layer < recipe.layers(); layer++) {
      long queries = (long) recipe.heads() * recipe.headSize(layer);
      heads = Math.max(heads, queries + 2L * recipe.kvHeads(layer) * recipe.headSize(layer));
      int reach = recipe.isGlobal(layer) ? recipe.contextLength() : recipe.window();
      pairs += (double) queries * Math.min(reach, recipe.contextLength() / 2);
    }
    long block = 2L * rows * (8 * width + 3 * heads + 4L * recipe.feedForwardSize()) * F32;
    long logits = 3L * rows * recipe.vocabulary() * F32;
    double operations = tokens * (6.0 * weights + 12 * pairs) * 4 / 3;
    return new Estimate(16 * weights, inputs + block + logits, operations);
  }

  /** Memory of one process. */
  public long bytes() {
    return stateBytes + stepBytes;
  }

  /** Whether it fits, with a tenth to spare. */
  public boolean fits(Hardware machine) {
    return bytes() * 1.1 <= machine.bytes();
  }

  /** Of the whole run. */
  public double seconds(Hardware machine) {
    return operations / (machine.operations() * machine.share());
  }
}
