package ai.pollux.content.tokenizer;

/**
 * Turns ids into text as they arrive. Gives out whole characters only: bytes that may still become
 * one wait for the next id. All pushes and the flush together are what {@link Tokenizer#decode}
 * gives. Belongs to one thread; nothing to close.
 */
public final class Detokenizer {
  private final Tokenizer tokenizer;
  private final Utf8Stream stream = new Utf8Stream();
  private int spacesToDrop;

  /**
   * @param spacesToDrop how many spaces at the start of the text were not written
   */
  Detokenizer(Tokenizer tokenizer, int spacesToDrop) {
    this.tokenizer = tokenizer;
    this.spacesToDrop = spacesToDrop;
  }

  /**
   * The characters that this id completes, possibly none.
   *
   * @throws IllegalArgumentException where the id is not in the vocabulary
   */
  public String push(int id) {
    byte[] bytes = tokenizer.bytes(id);
    int start = 0;
    while (spacesToDrop > 0 && start < bytes.length) {
      if (bytes[start] == ' ') {
        start++;
        spacesToDrop--;
      } else {
        spacesToDrop = 0;
      }
    }
    return stream.push(bytes, start);
  }

  /** What is still waiting: U+FFFD for a character that stopped half-way, otherwise nothing. */
  public String flush() {
    return stream.flush();
  }
}
