package ai.pollux.server.search;

/**
 * How documents are cut.
 *
 * @param words the most words of a chunk
 * @param overlap how many of them the next chunk begins with
 */
public record Chunking(int words, int overlap) {
  /** Where nothing is said. */
  public static final Chunking DEFAULT = new Chunking(200, 20);

  /** The API's own limit. */
  private static final int MOST_WORDS = 512;

  /**
   * Checked.
   *
   * @throws SearchException INVALID if chunks would be empty, too long, or never end
   */
  public Chunking {
    if (words < 1 || words > MOST_WORDS) {
      throw SearchException.invalid(
          "chunking_config.white_space_config.max_tokens_per_chunk",
          "max_tokens_per_chunk: expected 1 to %d, found %d.".formatted(MOST_WORDS, words));
    }
    if (overlap < 0 || overlap >= words) {
      throw SearchException.invalid(
          "chunking_config.white_space_config.max_overlap_tokens",
          "max_overlap_tokens: expected 0 to %d, less than max_tokens_per_chunk, found %d."
              .formatted(words - 1, overlap));
    }
  }
}
