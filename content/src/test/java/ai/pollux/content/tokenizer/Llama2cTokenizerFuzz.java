package ai.pollux.content.tokenizer;

/** Any bytes as a {@code tokenizer.bin}; what is a tokenizer must read and write texts. */
public final class Llama2cTokenizerFuzz {
  private Llama2cTokenizerFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      Exercise.run(Llama2cTokenizer.read(file, "tokenizer.bin"));
    } catch (TokenizerException e) {
      Exercise.check(e);
    }
  }
}
