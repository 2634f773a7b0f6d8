package ai.pollux.content.tokenizer;

/**
 * UTF-8 that arrives in any cuts, decoded as soon as a character is whole. Ill-formed bytes become
 * one U+FFFD per maximal subpart (Unicode 16, section 3.9, table 3-8), whatever the cuts.
 */
final class Utf8Stream {
  private static final char REPLACEMENT = '\uFFFD';

  private int codePoint; // of the character begun
  private int missing; // bytes that it still needs
  private int low = 0x80; // what the next continuation byte may be
  private int high = 0xBF;

  /** Decodes {@code bytes} from {@code start} on. */
  String push(byte[] bytes, int start) {
    StringBuilder out = new StringBuilder(bytes.length - start);
    for (int i = start; i < bytes.length; i++) {
      push(bytes[i] & 0xFF, out);
    }
    return out.toString();
  }

  /** Ends the stream: a character begun is ill-formed. */
  String flush() {
    boolean begun = missing > 0;
    missing = 0;
    return begun ? String.valueOf(REPLACEMENT) : "";
  }

  private void push(int unsigned, StringBuilder out) {
    if (missing > 0) {
      if (unsigned >= low && unsigned <= high) {
        proceed(unsigned, out);
        return;
      }
      missing = 0;
      out.append(REPLACEMENT);
    }
    begin(unsigned, out);
  }

  private void proceed(int unsigned, StringBuilder out) {
    codePoint = (codePoint << 6) | (unsigned & 0x3F);
    low = 0x80;
    high = 0xBF;
    if (--missing == 0) {
      out.appendCodePoint(codePoint);
    }
  }

  private void begin(int unsigned, StringBuilder out) {
    low = 0x80;
    high = 0xBF;
    if (unsigned < 0x80) {
      out.append((char) unsigned);
    } else if (unsigned < 0xC2 || unsigned > 0xF4) {
      out.append(REPLACEMENT);
    } else if (unsigned < 0xE0) {
      expect(unsigned & 0x1F, 1);
    } else if (unsigned < 0xF0) {
      expect(unsigned & 0x0F, 2);
      low = unsigned == 0xE0 ? 0xA0 : 0x80; // no overlong forms
      high = unsigned == 0xED ? 0x9F : 0xBF; // no surrogates
    } else {
      expect(unsigned & 0x07, 3);
      low = unsigned == 0xF0 ? 0x90 : 0x80; // no overlong forms
      high = unsigned == 0xF4 ? 0x8F : 0xBF; // nothing above U+10FFFF
    }
  }

  private void expect(int bits, int more) {
    codePoint = bits;
    missing = more;
  }
}
