package ai.pollux.train.tokenizer;

/**
 * A text to learn from.
 *
 * @param source where it is from, for messages
 * @param text some characters to some megabytes; texts are counted in parallel, one is not
 * @param weight how often it counts, at least 1
 */
public record TrainingText(String source, String text, long weight) {
  /** Checks the weight. */
  public TrainingText {
    if (weight < 1) {
      throw new TokenizerTrainingException(
          source
              + ": expected a weight of at least 1, found "
              + weight
              + ". Leave out a source that shall not count.");
    }
  }

  /** A text that counts once. */
  public static TrainingText of(String source, String text) {
    return new TrainingText(source, text, 1);
  }
}
