package ai.pollux.model.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The types of GGUF's metadata values, with their numbers in the file. */
public enum GgufType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  /** A length of 64 bits, then UTF-8. */
  STRING(8, 8),
  /** An element type of 32 bits, a count of 64 bits, then the elements. */
  ARRAY(9, 12),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int number;
  private final int leastBytes;

  GgufType(int number, int leastBytes) {
    this.number = number;
    this.leastBytes = leastBytes;
  }

  int number() {
    return number;
  }

  /** The bytes of a value; of an empty one for strings and arrays. */
  int leastBytes() {
    return leastBytes;
  }

  static Optional<GgufType> of(long number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
