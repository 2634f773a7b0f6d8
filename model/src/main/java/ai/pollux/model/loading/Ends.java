package ai.pollux.model.loading;

import ai.pollux.tensor.Weight;

/**
 * The two matrices between tokens and the hidden size.
 *
 * @param table [V, D], looked up on the way in
 * @param head [V, D], multiplied on the way out; the same object where a model ties the two
 */
public record Ends(Weight table, Weight head) {
  /**
   * The ends of a checkpoint. {@code config.json} says whether they are tied; a GGUF's are if it
   * has no head.
   *
   * @param tied what the family's {@code config.json} means where it does not say
   */
  public static Ends of(Settings settings, Weights weights, Sizes sizes, boolean tied) {
    boolean one =
        switch (settings.format()) {
          case HUGGING_FACE -> settings.flag("tie_word_embeddings", tied);
          case GGUF -> !weights.has("head");
        };
    if (one) {
      Weight both = weights.matrix("embedding", sizes.vocabulary(), sizes.hiddenSize());
      weights.ignore("head");
      return new Ends(both, both);
    }
    return new Ends(
        weights.table("embedding", sizes.vocabulary(), sizes.hiddenSize()),
        weights.matrix("head", sizes.vocabulary(), sizes.hiddenSize()));
  }
}
