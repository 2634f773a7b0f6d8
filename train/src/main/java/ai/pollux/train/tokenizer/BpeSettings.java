package ai.pollux.train.tokenizer;

/**
 * What vocabulary to learn. The names in brackets are SentencePiece's.
 *
 * @param vocabularySize V, all pieces together [vocab_size]
 * @param specials pieces that are not learned [control_symbols, user_defined_symbols]
 * @param characterCoverage share of all characters in the text that become pieces, the most
 *     frequent first; the rest is spelled in bytes [character_coverage]
 * @param requiredCharacters become pieces however rare they are [required_chars]
 * @param longestPiece in characters [max_sentencepiece_length]
 * @param splitsDigits whether every digit is a piece of its own [split_digits]
 * @param splitsScripts whether a piece may have letters of one script alone, and no punctuation
 *     beside letters [split_by_unicode_script]
 * @param mostChunks how many different chunks are kept while counting: beyond it the rarest are
 *     dropped, which bounds memory (some 200 bytes each). {@link Integer#MAX_VALUE}: none
 * @param threads that count; the result does not depend on it [num_threads]
 */
public record BpeSettings(
    int vocabularySize,
    SpecialPieces specials,
    double characterCoverage,
    String requiredCharacters,
    int longestPiece,
    boolean splitsDigits,
    boolean splitsScripts,
    int mostChunks,
    int threads) {

  /** Checks every value. */
  public BpeSettings {
    check(
        characterCoverage >= 0.9 && characterCoverage <= 1,
        "characterCoverage",
        "0.9 to 1",
        characterCoverage);
    check(longestPiece >= 2 && longestPiece <= 512, "longestPiece", "2 to 512", longestPiece);
    check(mostChunks >= 1000, "mostChunks", "at least 1000", mostChunks);
    check(threads >= 1, "threads", "at least 1", threads);
    check(
        vocabularySize > specials.size(),
        "vocabularySize",
        "more than " + specials.size() + " (special pieces and 256 bytes)",
        vocabularySize);
    int bad =
        requiredCharacters
            .codePoints()
            .filter(each -> !PieceRules.mayBePiece(each))
            .findFirst()
            .orElse(-1);
    check(bad < 0, "requiredCharacters", "characters that may be pieces", "U+%04X".formatted(bad));
  }

  /** As Gemma's vocabularies were learned, for a model of our own. */
  public static BpeSettings gemma4(int vocabularySize) {
    return new BpeSettings(
        vocabularySize,
        SpecialPieces.gemma4(16, 0),
        0.9995,
        "",
        16,
        true,
        true,
        Integer.MAX_VALUE,
        Runtime.getRuntime().availableProcessors());
  }

  /** With other special pieces. */
  public BpeSettings withSpecials(SpecialPieces value) {
    return new BpeSettings(
        vocabularySize,
        value,
        characterCoverage,
        requiredCharacters,
        longestPiece,
        splitsDigits,
        splitsScripts,
        mostChunks,
        threads);
  }

  /** With another share of characters, and characters that are pieces in any case. */
  public BpeSettings withCharacters(double coverage, String required) {
    return new BpeSettings(
        vocabularySize,
        specials,
        coverage,
        required,
        longestPiece,
        splitsDigits,
        splitsScripts,
        mostChunks,
        threads);
  }

  /** With another rule of what may be joined. */
  public BpeSettings withJoining(int longest, boolean digits, boolean scripts) {
    return new BpeSettings(
        vocabularySize,
        specials,
        characterCoverage,
        requiredCharacters,
        longest,
        digits,
        scripts,
        mostChunks,
        threads);
  }

  /** With other bounds on what the machine gives. */
  public BpeSettings withLimits(int chunks, int workers) {
    return new BpeSettings(
        vocabularySize,
        specials,
        characterCoverage,
        requiredCharacters,
        longestPiece,
        splitsDigits,
        splitsScripts,
        chunks,
        workers);
  }

  private static void check(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new TokenizerTrainingException(
          "tokenizer settings, "
              + name
              + ": expected "
              + expected
              + ", found "
              + found
              + ". Correct it.");
    }
  }
}
