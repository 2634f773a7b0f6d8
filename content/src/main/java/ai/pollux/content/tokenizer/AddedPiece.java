package ai.pollux.content.tokenizer;

/**
 * A piece that is looked for in the text itself, before anything else cuts it.
 *
 * @param text what is looked for, not empty
 * @param takesLeft whether it swallows white space before it
 * @param takesRight whether it swallows white space behind it
 * @param wholeWord whether it counts only where no letter, digit or underscore touches it
 */
record AddedPiece(int id, String text, boolean takesLeft, boolean takesRight, boolean wholeWord) {
  AddedPiece(int id, String text) {
    this(id, text, false, false, false);
  }
}
