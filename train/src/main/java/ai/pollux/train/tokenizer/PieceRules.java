package ai.pollux.train.tokenizer;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which characters may stand in one piece, as SentencePiece decides it: a space only in front,
 * digits alone, one script. Hiragana, katakana and han count as one script; a character that
 * inherits its script has that of the character before it.
 *
 * <p>Scripts are those of the JDK's Unicode. SentencePiece's table is older: characters that came
 * later have no script there (U+061C, U+0589, U+0953 and U+0954 have another).
 */
final class PieceRules {
  /** Spells a space. */
  static final char SPACE = '\u2581';

  /** SentencePiece's own mark for an unknown character, which no piece has. */
  static final char UNKNOWN = '\u2585';

  private static final int LONG_VOWEL = 0x30FC; // of both kana; Unicode gives it to no script

  /** Kinds of characters beside scripts, which have numbers from 0 on. */
  static final int NEVER = -1; // in no learned piece

  private static final int MARK = -2; // a space
  private static final int ALONE = -3; // a digit that is a piece of its own
  private static final int ANY = -4; // joins every script

  private final int longest;
  private final boolean splitsDigits;
  private final boolean splitsScripts;
  private final Map<UnicodeScript, Integer> numbers = new EnumMap<>(UnicodeScript.class);
  private final short[] kinds = new short[Character.MIN_SUPPLEMENTARY_CODE_POINT];

  PieceRules(BpeSettings settings) {
    longest = settings.longestPiece();
    splitsDigits = settings.splitsDigits();
    splitsScripts = settings.splitsScripts();
    for (UnicodeScript each : UnicodeScript.values()) {
      numbers.put(each, numbers.size());
    }
    for (int each = 0; each < kinds.length; each++) {
      kinds[each] = (short) find(each);
    }
  }

  /** Whether a character may be a learned piece: not those that SentencePiece uses as marks. */
  static boolean mayBePiece(int character) {
    return character != 0
        && character != '\t'
        && character != ' '
        && character != UNKNOWN
        && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }

  /** Whether a piece may have these characters. */
  boolean allows(int[] characters) {
    if (characters.length == 0 || characters.length > longest) {
      return false;
    }
    int script = ANY;
    for (int i = 0; i < characters.length; i++) {
      int kind = kind(characters[i]);
      if (kind == NEVER || (kind == MARK && i > 0) || (kind == ALONE && characters.length > 1)) {
        return false;
      }
      if (kind >= 0) {
        if (script >= 0 && script != kind) {
          return false;
        }
        script = kind;
      }
    }
    return true;
  }

  /** What a character is for {@link #joins}. */
  int kind(int character) {
    return character < kinds.length ? kinds[character] : find(character);
  }

  /**
   * Whether some piece may have a character of kind {@code left} directly before one of kind {@code
   * right}. Where not, a text can be cut before anything is counted.
   */
  static boolean joins(int left, int right) {
    if (left == NEVER || left == ALONE || right == NEVER || right == ALONE || right == MARK) {
      return false;
    }
    return left == right || left == MARK || left == ANY || right == ANY;
  }

  private int find(int character) {
    if (!mayBePiece(character)) {
      return NEVER;
    }
    if (character == SPACE) {
      return MARK;
    }
    if (splitsDigits && isDigit(character)) {
      return ALONE;
    }
    return splitsScripts ? script(character) : ANY;
  }

  private static boolean isDigit(int character) {
    return (character >= '0' && character <= '9') || (character >= 0xFF10 && character <= 0xFF19);
  }

  private int script(int character) {
    UnicodeScript script = UnicodeScript.of(character);
    return switch (script) {
      case INHERITED -> ANY;
      case UNKNOWN -> numbers.getOrDefault(UnicodeScript.COMMON, NEVER);
      case HIRAGANA, KATAKANA -> numbers.getOrDefault(UnicodeScript.HAN, NEVER);
      default -> // the JDK's enum, not ours
          character == LONG_VOWEL
              ? numbers.getOrDefault(UnicodeScript.HAN, NEVER)
              : numbers.getOrDefault(script, NEVER);
    };
  }
}
