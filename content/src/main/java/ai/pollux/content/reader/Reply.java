package ai.pollux.content.reader;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What comes back from a process, after a byte: {@link #DONE} and what was asked for, or {@link
 * #FAILURE} and a message. Who reads it believes no size: the process may be in a stranger's hands.
 */
@FunctionalInterface
interface Reply {
  int DONE = 'D';
  int FAILURE = 'F';

  /** Writes all of it but the byte before. */
  void write(DataOutputStream out) throws IOException;

  /** Sends a picture. */
  static void pixels(DataOutputStream out, int width, int height, byte[] rgb) throws IOException {
    out.writeInt(width);
    out.writeInt(height);
    out.write(rgb);
  }

  /**
   * The bytes of a picture whose width and height were just read.
   *
   * @param most pixels that it may have
   */
  static byte[] rgb(DataInputStream in, int width, int height, long most) throws IOException {
    long pixels = width * (long) height;
    if (width < 0 || height < 0 || pixels > most || 3 * pixels > Integer.MAX_VALUE - 8) {
      throw new IOException("a picture of %d x %d".formatted(width, height));
    }
    byte[] rgb = new byte[3 * (int) pixels];
    in.readFully(rgb);
    return rgb;
  }

  /** Sends samples. */
  static void samples(DataOutputStream out, float[] samples, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count);
    bytes.asFloatBuffer().put(samples, 0, count);
    out.writeInt(count);
    out.write(bytes.array());
  }

  /** Reads samples into an array; returns how many there were, at most {@code most}. */
  static int samples(DataInputStream in, float[] samples, int from, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("%d samples, of %d".formatted(count, most));
    }
    byte[] bytes = new byte[Float.BYTES * count];
    in.readFully(bytes);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(samples, from, count);
    return count;
  }

  /** Sends a text. */
  static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads a text of at most so many bytes. */
  static String text(DataInputStream in, long most) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > most) {
      throw new IOException("a text of %d bytes".formatted(length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
