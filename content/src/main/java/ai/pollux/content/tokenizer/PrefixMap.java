package ai.pollux.content.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's precompiled character map: the longest known run of characters at a place, and
 * what it is rewritten to. Layout: u32 size of the trie in bytes; the trie, a double array of u32
 * in Darts-clone's encoding over UTF-8; the results, each ended by a zero byte.
 */
final class PrefixMap {
  private final int[] units;
  private final byte[] results;

  /** How many UTF-16 units of the text are rewritten, and to what. */
  record Match(int length, String replacement) {}

  /**
   * @param where names the file and field, for messages
   */
  PrefixMap(byte[] blob, String where) {
    ByteBuffer buffer = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    int size = blob.length < 4 ? -1 : buffer.getInt();
    if (size < 4 || size % 4 != 0 || size > blob.length - 4) {
      throw new TokenizerException(
          where
              + ": expected a character map whose trie fits in "
              + blob.length
              + " bytes, found a trie of "
              + Integer.toUnsignedString(size)
              + ". The file is damaged; download it again.");
    }
    units = new int[size / 4];
    buffer.asIntBuffer().get(units);
    results = new byte[blob.length - 4 - size];
    buffer.position(4 + size).get(results);
  }

  /** The longest match at {@code start}, or null. */
  @Nullable Match longest(String text, int start) {
    int node = offset(units[0]);
    int found = -1;
    int foundEnd = start;
    for (int i = start; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      node = step(node, codePoint);
      if (node < 0) {
        break;
      }
      int unit = units[node];
      node ^= offset(unit);
      if (hasValue(unit) && node < units.length) {
        found = units[node] & 0x7FFFFFFF;
        foundEnd = i;
      }
    }
    return found < 0 || found >= results.length ? null : new Match(foundEnd - start, result(found));
  }

  /** The place of the unit behind a character's last byte, or -1. */
  private int step(int node, int codePoint) {
    if (codePoint < 0x80) {
      return unitAt(node, codePoint);
    }
    int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    int lead = ((0xFF00 >> (more + 1)) & 0xFF) | (codePoint >> (6 * more));
    int at = unitAt(node, lead);
    for (int shift = 6 * (more - 1); shift >= 0 && at >= 0; shift -= 6) {
      at = unitAt(at ^ offset(units[at]), 0x80 | ((codePoint >> shift) & 0x3F));
    }
    return at;
  }

  private int unitAt(int node, int label) {
    int at = node ^ label;
    return at >= 0 && at < units.length && (units[at] & 0x800000FF) == label ? at : -1;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 0x200) >>> 6);
  }

  private static boolean hasValue(int unit) {
    return (unit & 0x100) != 0;
  }

  private String result(int start) {
    int end = start;
    while (end < results.length && results[end] != 0) {
      end++;
    }
    return new String(results, start, end - start, StandardCharsets.UTF_8);
  }
}
