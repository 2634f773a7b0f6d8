package ai.pollux.content.tokenizer;

import java.util.Optional;

/** Any bytes as a {@code tokenizer.json}; what is a tokenizer must read and write texts. */
public final class TokenizerJsonFuzz {
  private static final TokenizerConfig CONFIG =
      new TokenizerConfig(Optional.of("<s>"), Optional.of("</s>"), Optional.empty());

  private TokenizerJsonFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      Exercise.run(TokenizerJson.read(file, "tokenizer.json", CONFIG));
    } catch (TokenizerException e) {
      Exercise.check(e);
    }
  }
}
