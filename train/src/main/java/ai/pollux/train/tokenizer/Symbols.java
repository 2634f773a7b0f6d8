package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Characters and pieces by number: first the characters, then pieces as they are learned. */
final class Symbols {
  private final List<int[]> spellings = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  Symbols(List<Integer> characters) {
    characters.forEach(each -> spellings.add(new int[] {each}));
  }

  int size() {
    return spellings.size();
  }

  int length(int symbol) {
    return spellings.get(symbol).length;
  }

  /** The characters of two symbols. */
  int[] joined(int left, int right) {
    int[] first = spellings.get(left);
    int[] second = spellings.get(right);
    int[] both = new int[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Adds the piece that two symbols make, unless other two made it before. */
  boolean add(int left, int right) {
    int[] spelling = joined(left, right);
    if (!known.add(new String(spelling, 0, spelling.length))) {
      return false;
    }
    spellings.add(spelling);
    return true;
  }

  String text(int symbol) {
    int[] spelling = spellings.get(symbol);
    return new String(spelling, 0, spelling.length);
  }

  /** Which of two pairs is spelled first, character by character; not 0 unless they are equal. */
  int compare(int left, int right, int otherLeft, int otherRight) {
    int[] first = spellings.get(left);
    int[] second = spellings.get(otherLeft);
    int length = first.length + length(right);
    int otherLength = second.length + length(otherRight);
    for (int i = 0; i < Math.min(length, otherLength); i++) {
      int a = i < first.length ? first[i] : spellings.get(right)[i - first.length];
      int b = i < second.length ? second[i] : spellings.get(otherRight)[i - second.length];
      if (a != b) {
        return Integer.compare(a, b);
      }
    }
    return Integer.compare(length, otherLength);
  }
}
