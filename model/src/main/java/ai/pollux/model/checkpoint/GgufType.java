package ai.pollux.model.checkpoint;

import java.util.Optional;

/** The types of GGUF's metadata values, in the order of their numbers in the file. */
public enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  /** A length of 64 bits, then UTF-8. */
  STRING(8),
  /** An element type of 32 bits, a count of 64 bits, then the elements. */
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int leastBytes;

  GgufType(int leastBytes) {
    this.leastBytes = leastBytes;
  }

  /** The bytes of a value; of an empty one for strings and arrays. */
  int leastBytes() {
    return leastBytes;
  }

  static Optional<GgufType> of(long number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[(int) number])
        : Optional.empty();
  }
}
