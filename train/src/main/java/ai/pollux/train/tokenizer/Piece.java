package ai.pollux.train.tokenizer;

/**
 * An entry of a vocabulary.
 *
 * @param text its spelling; {@code ▁} is a space, {@code <0x0A>} a byte
 * @param score higher is joined first; 0 for what is not learned
 */
public record Piece(String text, float score, Kind kind) {
  /** What an entry is. */
  public enum Kind {
    /** Learned from text. */
    LEARNED(1),
    /** Stands for what has no piece. */
    UNKNOWN(2),
    /** Steers the model. */
    CONTROL(3),
    /** Always one piece. */
    USER_DEFINED(4),
    /** A byte. */
    BYTE(6);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Its number in a SentencePiece model. */
    int code() {
      return code;
    }
  }
}
