package ai.pollux.engine.cache;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256, which stands for what it was made of. Strong on purpose: a request must not be able to
 * craft content that is taken for another's.
 */
public record ContentKey(long a, long b, long c, long d) {
  /** The key of nothing. */
  public static final ContentKey NONE = new ContentKey(0, 0, 0, 0);

  /** Bytes that {@link #putTo} writes. */
  static final int BYTES = 4 * Long.BYTES;

  /** The key of the digest's bytes so far. */
  public static ContentKey of(MessageDigest digest) {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new ContentKey(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  /** An empty digest for {@link #of}. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void putTo(ByteBuffer bytes) {
    bytes.putLong(a).putLong(b).putLong(c).putLong(d);
  }
}
