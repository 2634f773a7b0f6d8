package ai.pollux.content.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * One symbol per UTF-8 byte, spelled in GPT-2's alphabet of 256 printable characters: a byte that
 * is a printable Latin-1 character is spelled as itself, the others as U+0100 and up.
 */
final class ByteAlphabet implements Alphabet {
  private static final char[] SPELLING = spelling();

  private final int[] ids = new int[256];
  private final PieceIndex index;
  private final boolean takesWholeChunks;

  /**
   * @param takesWholeChunks whether a chunk that is a piece is taken as that, whatever the merges
   *     give ({@code ignore_merges})
   */
  ByteAlphabet(PieceIndex index, boolean takesWholeChunks) {
    this.index = index;
    this.takesWholeChunks = takesWholeChunks;
    for (int each = 0; each < 256; each++) {
      ids[each] = index.find(String.valueOf(SPELLING[each]));
    }
  }

  /** The bytes that a spelling in this alphabet stands for; UTF-8 where it is not in it. */
  static byte[] bytes(String piece) {
    byte[] bytes = new byte[piece.length()];
    for (int i = 0; i < bytes.length; i++) {
      int each = byteOf(piece.charAt(i));
      if (each < 0) {
        return piece.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) each;
    }
    return bytes;
  }

  @Override
  public int wholeChunk(char[] text, int start, int end) {
    if (!takesWholeChunks) {
      return -1;
    }
    byte[] bytes = new String(text, start, end - start).getBytes(StandardCharsets.UTF_8);
    StringBuilder spelled = new StringBuilder(bytes.length);
    for (byte each : bytes) {
      spelled.append(SPELLING[each & 0xFF]);
    }
    return index.find(spelled.toString());
  }

  @Override
  public int mostSymbols(int chars) {
    return Math.multiplyExact(chars, 3);
  }

  @Override
  public int symbols(char[] text, int start, int end, int[] symbols) {
    int count = 0;
    for (int i = start; i < end; ) {
      int codePoint = Character.codePointAt(text, i, end);
      i += Character.charCount(codePoint);
      if (codePoint < 0x80) {
        symbols[count++] = symbol(codePoint);
      } else if (codePoint < 0x800) {
        symbols[count++] = symbol(0xC0 | (codePoint >> 6));
        symbols[count++] = symbol(0x80 | (codePoint & 0x3F));
      } else if (codePoint < 0x10000) {
        symbols[count++] = symbol(0xE0 | (codePoint >> 12));
        symbols[count++] = symbol(0x80 | ((codePoint >> 6) & 0x3F));
        symbols[count++] = symbol(0x80 | (codePoint & 0x3F));
      } else {
        symbols[count++] = symbol(0xF0 | (codePoint >> 18));
        symbols[count++] = symbol(0x80 | ((codePoint >> 12) & 0x3F));
        symbols[count++] = symbol(0x80 | ((codePoint >> 6) & 0x3F));
        symbols[count++] = symbol(0x80 | (codePoint & 0x3F));
      }
    }
    return count;
  }

  @Override
  public String spelling(int symbol) {
    return String.valueOf(SPELLING[-1 - symbol]);
  }

  private int symbol(int unsigned) {
    int id = ids[unsigned];
    return id >= 0 ? id : -1 - unsigned;
  }

  private static boolean isPrintable(int each) {
    return (each > ' ' && each < 0x7F) || (each > 0xA0 && each != 0xAD);
  }

  private static char[] spelling() {
    char[] spelling = new char[256];
    char next = 0x100;
    for (int each = 0; each < 256; each++) {
      spelling[each] = isPrintable(each) ? (char) each : next++;
    }
    return spelling;
  }

  private static int byteOf(char spelled) {
    if (spelled < 0x100) {
      return isPrintable(spelled) ? spelled : -1;
    }
    // The others in order: 0..0x20 (33 of them), 0x7F..0xA0 (34), 0xAD.
    int rank = spelled - 0x100;
    if (rank <= 0x20) {
      return rank;
    }
    if (rank <= 0x42) {
      return rank - 0x21 + 0x7F;
    }
    return rank == 0x43 ? 0xAD : -1;
  }
}
