package ai.pollux.content.tokenizer;

/** Any bytes as a {@code tokenizer.model}; what is a tokenizer must read and write texts. */
public final class SentencePieceFuzz {
  private SentencePieceFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      Exercise.run(SentencePieceModel.read(file, "tokenizer.model", true));
    } catch (TokenizerException e) {
      Exercise.check(e);
    }
  }
}
