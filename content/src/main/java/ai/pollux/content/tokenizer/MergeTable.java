package ai.pollux.content.tokenizer;

/** Collects the merges that a file lists, and finds the symbols that they are about. */
final class MergeTable {
  private final PieceIndex index;
  private final String where;
  private final IntList lefts = new IntList(1024);
  private final IntList rights = new IntList(1024);
  private final IntList merged = new IntList(1024);

  /**
   * @param where names the file and field, for messages
   */
  MergeTable(PieceIndex index, String where) {
    this.index = index;
    this.where = where;
  }

  /** Adds the next line. */
  void add(String left, String right) {
    int first = known(left);
    int second = known(right);
    int joined = index.findJoined(first, second);
    if (joined < 0) {
      known(left + right);
    }
    lefts.add(first);
    rights.add(second);
    merged.add(joined);
  }

  Merges merges() {
    return new ListedMerges(lefts.toArray(), rights.toArray(), merged.toArray());
  }

  /** Why a line cannot be read. */
  TokenizerException malformed(String line) {
    return new TokenizerException(
        place()
            + ": expected two pieces with a space between them, found '"
            + line
            + "'. The file is damaged; download it again.");
  }

  private int known(String piece) {
    int symbol = index.find(piece);
    if (symbol < 0) {
      throw new TokenizerException(
          place()
              + ": expected pieces of the vocabulary, found '"
              + piece
              + "', which is none. Merges and vocabulary are from different models, or the file is"
              + " damaged; download it again.");
    }
    return symbol;
  }

  private String place() {
    return where + ", merge " + lefts.size();
  }
}
