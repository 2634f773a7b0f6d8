package ai.pollux.content.tokenizer;

/** What a fuzz target does with a tokenizer that a strange file made. */
final class Exercise {
  private static final String TEXT =
      "Hello,  wörld! <s>\n\t12345 日本語 \uD83D\uDE00 \uD800 a_b(c) don't";

  private Exercise() {}

  /** Texts become ids inside the vocabulary, and those become texts. */
  static void run(Tokenizer tokenizer) {
    int size = tokenizer.vocabularySize();
    for (int[] ids : new int[][] {tokenizer.encode(TEXT), tokenizer.encodeWithSpecials(TEXT)}) {
      for (int id : ids) {
        if (id < 0 || id >= size) {
          throw new AssertionError("id " + id + " of a vocabulary of " + size);
        }
        tokenizer.piece(id);
        tokenizer.bytes(id);
      }
      tokenizer.decode(tokenizer.framed(ids));
    }
  }

  /** A refusal has a reason. */
  static void check(TokenizerException e) {
    if (e.getMessage().isBlank()) {
      throw new AssertionError("a refusal says nothing", e);
    }
  }
}
