package ai.pollux.content.tokenizer;

/** The smallest symbols of a chunk, before any merge. */
interface Alphabet {
  /** The piece that a chunk is taken as without merging, or -1. */
  default int wholeChunk(char[] text, int start, int end) {
    return -1;
  }

  /** How many symbols {@code chars} UTF-16 units give at most. */
  int mostSymbols(int chars);

  /**
   * Writes the symbols of {@code text[start..end)} and returns how many. A negative symbol is no
   * piece; {@link #spelling} tells its text.
   */
  int symbols(char[] text, int start, int end, int[] symbols);

  /** The text of a negative symbol. */
  String spelling(int symbol);
}
