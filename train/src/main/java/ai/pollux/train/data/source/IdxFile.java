package ai.pollux.train.data.source;

import ai.pollux.train.data.DataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes in a grid, as MNIST stores pictures and labels: two zeros, type 8, the number of axes, the
 * length of each in 32 bits, then the bytes.
 *
 * @param axes lengths, the first that of the items
 */
record IdxFile(int[] axes, byte[] bytes, int header) {
  private static final int UNSIGNED_BYTES = 8;

  static IdxFile read(Path file, int axes) {
    byte[] bytes = FileContent.read(file);
    int header = 4 + 4 * axes;
    if (bytes.length < header
        || bytes[0] != 0
        || bytes[1] != 0
        || bytes[2] != UNSIGNED_BYTES
        || bytes[3] != axes) {
      throw new DataException(
          "%s: expected an IDX file of unsigned bytes with %d axes, found one that begins with %s. Fetch the file again."
              .formatted(file, axes, Arrays.toString(Arrays.copyOf(bytes, 4))));
    }
    int[] lengths = new int[axes];
    ByteBuffer.wrap(bytes, 4, 4 * axes).asIntBuffer().get(lengths);
    long expected = header;
    long each = 1;
    for (int length : lengths) {
      each *= length;
    }
    expected += each;
    if (Arrays.stream(lengths).anyMatch(length -> length < 1) || bytes.length != expected) {
      throw new DataException(
          "%s: expected %d bytes for axes %s, found %d. Fetch the file again."
              .formatted(file, expected, Arrays.toString(lengths), bytes.length));
    }
    return new IdxFile(lengths, bytes, header);
  }

  int items() {
    return axes[0];
  }

  /** Bytes of one item. */
  int width() {
    return (bytes.length - header) / axes[0];
  }

  int at(int item, int place) {
    return bytes[header + item * width() + place] & 0xFF;
  }
}
