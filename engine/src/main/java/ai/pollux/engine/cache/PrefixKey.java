package ai.pollux.engine.cache;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Stands for all tokens from the start of a sequence to the end of a page: the SHA-256 of the key
 * before and the page's tokens. Strong on purpose: a request must not be able to craft a prompt
 * that is taken for another's.
 */
record PrefixKey(long a, long b, long c, long d) {
  /** The key of no tokens. */
  static final PrefixKey START = new PrefixKey(0, 0, 0, 0);

  /** The key after {@code count} more tokens. */
  PrefixKey next(int[] tokens, int from, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES + count * Integer.BYTES);
    bytes.putLong(a).putLong(b).putLong(c).putLong(d);
    for (int i = 0; i < count; i++) {
      bytes.putInt(tokens[from + i]);
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256().digest(bytes.array()));
    return new PrefixKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
