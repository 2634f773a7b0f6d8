package ai.pollux.content.tokenizer;

/** What an id stands for. The codes are those of SentencePiece's and GGUF's files. */
enum PieceType {
  /** Text. */
  NORMAL(1),
  /** Stands for what the vocabulary cannot spell. */
  UNKNOWN(2),
  /** Steers the model; never read from plain text. */
  CONTROL(3),
  /** Text that is always one piece, wherever it occurs. */
  USER_DEFINED(4),
  /** Takes part in merges, but is taken apart again before it is given out. */
  UNUSED(5),
  /** One byte of a character that no piece spells. */
  BYTE(6);

  private final int code;

  PieceType(int code) {
    this.code = code;
  }

  /** Its number in files. */
  int code() {
    return code;
  }

  /** The type of a code. {@code where} names the file or table in the message. */
  static PieceType of(int code, String where) {
    for (PieceType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new TokenizerException(
        where
            + ": expected a piece type from 1 to 6, found "
            + code
            + ". The file is damaged or newer than this reader; download it again.");
  }
}
