package ai.pollux.server.search;

import java.util.Optional;

/**
 * What is looked for.
 *
 * @param text its words
 * @param vector its meaning, by the store's model
 * @param most how many chunks at most
 */
public record Question(String text, float[] vector, Optional<Filter> filter, int most) {
  /**
   * A question about documents that a filter lets through.
   *
   * @param filter as {@code metadataFilter} has it; empty for all documents
   * @throws SearchException INVALID if it cannot be read
   */
  public static Question of(String text, float[] vector, String filter, int most) {
    return new Question(
        text,
        vector,
        filter.isBlank() ? Optional.empty() : Optional.of(FilterParser.parse(filter)),
        most);
  }
}
