package ai.pollux.engine.cache;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * The keys of a sequence's pages: each stands for all that lies between the start of the sequence
 * and the end of the page. It is made of the key before, the page's tokens, and what its
 * placeholders stand for.
 */
final class PrefixKey {
  private PrefixKey() {}

  /** The key after {@code count} more tokens. */
  static ContentKey next(
      ContentKey before, int[] tokens, int from, int count, List<MediaSpan> media) {
    ByteBuffer bytes = ByteBuffer.allocate(ContentKey.BYTES + count * Integer.BYTES);
    before.putTo(bytes);
    for (int i = 0; i < count; i++) {
      bytes.putInt(tokens[from + i]);
    }
    MessageDigest digest = ContentKey.digest();
    digest.update(bytes.array());
    for (MediaSpan span : media) {
      if (span.from() < from + count && span.end() > from) {
        ByteBuffer medium = ByteBuffer.allocate(ContentKey.BYTES + 2 * Integer.BYTES);
        span.key().putTo(medium);
        digest.update(medium.putInt(span.from()).putInt(span.count()).array());
      }
    }
    return ContentKey.of(digest);
  }
}
