package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds special pieces in text, of those that begin at a place the longest. */
final class FixedPieces {
  private static final char[][] NONE = new char[0][];

  private final char[][][] byFirst = new char[Character.MIN_SUPPLEMENTARY_CODE_POINT][][];

  FixedPieces(SpecialPieces specials) {
    List<String> longestFirst = new ArrayList<>(specials.spellings());
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    Arrays.fill(byFirst, NONE);
    for (String piece : longestFirst) {
      char first = piece.charAt(0);
      if (byFirst[first].length == 0) {
        byFirst[first] =
            longestFirst.stream()
                .filter(each -> each.charAt(0) == first)
                .map(String::toCharArray)
                .toArray(char[][]::new);
      }
    }
  }

  /** The length of the piece at {@code at}, or 0. */
  int lengthAt(char[] text, int at, int end) {
    for (char[] piece : byFirst[text[at]]) {
      if (matches(piece, text, at, end)) {
        return piece.length;
      }
    }
    return 0;
  }

  private static boolean matches(char[] piece, char[] text, int at, int end) {
    if (piece.length > end - at) {
      return false;
    }
    for (int i = 1; i < piece.length; i++) {
      if (piece[i] != text[at + i]) {
        return false;
      }
    }
    return true;
  }
}
