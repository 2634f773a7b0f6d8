package ai.pollux.content.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;

/**
 * The pieces in order of id, what each is, and how spellings stand for bytes. Symbols from {@link
 * #size} on are characters that only occur inside pieces: merges may pass through them, but they
 * have no id.
 */
final class Vocabulary {
  /** How a piece spells its text. */
  enum Spelling {
    /** SentencePiece: {@code ▁} is a space, {@code <0x0A>} a byte. */
    MARKED,
    /** GPT-2: every character is a byte, see {@link ByteAlphabet}. */
    BYTES,
    /** As it stands; {@code <0x0A>} a byte. */
    PLAIN
  }

  static final char MARK = '\u2581';

  private final String[] symbols;
  private final PieceType[] types;
  private final Spelling spelling;
  private final PieceIndex index;

  Vocabulary(String[] pieces, PieceType[] types, Spelling spelling) {
    this(pieces, types, spelling, new PieceIndex(pieces));
  }

  private Vocabulary(String[] symbols, PieceType[] types, Spelling spelling, PieceIndex index) {
    this.symbols = symbols;
    this.types = types;
    this.spelling = spelling;
    this.index = index;
  }

  /** This vocabulary and the characters inside its pieces that are not pieces themselves. */
  Vocabulary withInnerCharacters() {
    LinkedHashSet<String> more = new LinkedHashSet<>();
    for (int id = 0; id < size(); id++) {
      if (isText(id)) {
        symbols[id]
            .codePoints()
            .forEach(each -> {
              String character = Character.toString(each);
              if (index.find(character) < 0) {
                more.add(character);
              }
            });
      }
    }
    if (more.isEmpty()) {
      return this;
    }
    String[] all = Arrays.copyOf(symbols, symbols.length + more.size());
    int next = size();
    for (String each : more) {
      all[next++] = each;
    }
    return new Vocabulary(all, types, spelling, new PieceIndex(all));
  }

  int size() {
    return types.length;
  }

  PieceIndex index() {
    return index;
  }

  Spelling spelling() {
    return spelling;
  }

  PieceType type(int id) {
    return types[id];
  }

  /** The spelling of an id or symbol. */
  String piece(int symbol) {
    return symbols[symbol];
  }

  String[] symbols() {
    return symbols;
  }

  /** The id of a spelling, or -1. */
  int id(String piece) {
    int id = index.find(piece);
    return id < size() ? id : -1;
  }

  /** Whether plain text may become this id by merging. */
  boolean isText(int id) {
    return switch (types[id]) {
      case NORMAL, USER_DEFINED, UNUSED -> true;
      case UNKNOWN, CONTROL, BYTE -> false;
    };
  }

  /** The bytes that an id stands for. */
  byte[] bytes(int id) {
    String piece = symbols[id];
    return switch (types[id]) {
      case BYTE -> new byte[] {(byte) byteOf(piece)};
      case CONTROL, UNKNOWN -> piece.getBytes(StandardCharsets.UTF_8);
      case NORMAL, USER_DEFINED, UNUSED ->
          switch (spelling) {
            case MARKED -> piece.replace(MARK, ' ').getBytes(StandardCharsets.UTF_8);
            case BYTES -> ByteAlphabet.bytes(piece);
            case PLAIN -> piece.getBytes(StandardCharsets.UTF_8);
          };
    };
  }

  /** The id of every byte piece by byte, -1 for bytes without; empty where there is none. */
  int[] byteIds() {
    int[] ids = new int[256];
    Arrays.fill(ids, -1);
    boolean any = false;
    for (int id = 0; id < size(); id++) {
      if (types[id] == PieceType.BYTE) {
        ids[byteOf(symbols[id])] = id;
        any = true;
      }
    }
    return any ? ids : new int[0];
  }

  /** The byte that {@code <0x0A>} spells, or -1. */
  static int byteOf(String piece) {
    if (piece.length() != 6 || !piece.startsWith("<0x") || piece.charAt(5) != '>') {
      return -1;
    }
    int high = Character.digit(piece.charAt(3), 16);
    int low = Character.digit(piece.charAt(4), 16);
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }
}
