package ai.pollux.train.data.screen;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much of a text is said again, <a href="https://arxiv.org/abs/2112.11446">arXiv
 * 2112.11446</a>, table A1: lines and paragraphs that were there before, the most frequent short
 * n-gram, longer n-grams that come more than once.
 */
final class RepetitionRule {
  private static final double[] TOP_GRAMS = {0.20, 0.18, 0.16}; // 2, 3, 4 words
  private static final double[] ALL_GRAMS = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10}; // 5 to 10

  private RepetitionRule() {}

  static Optional<String> objection(String text) {
    return repeated("lines", Words.lines(text), 0.30, 0.20)
        .or(() -> repeated("paragraphs", Words.paragraphs(text), 0.30, 0.20))
        .or(() -> grams(Words.spaced(text)));
  }

  private static Optional<String> repeated(
      String what, List<String> parts, double most, double mostCharacters) {
    Set<String> seen = new HashSet<>();
    int again = 0;
    long characters = 0;
    long all = 0;
    for (String part : parts) {
      boolean isNew = seen.add(part);
      again += isNew ? 0 : 1;
      characters += isNew ? 0 : part.length();
      all += part.length();
    }
    double share = (double) again / parts.size();
    double shareOfCharacters = (double) characters / Math.max(1, all);
    return share > most || shareOfCharacters > mostCharacters
        ? Optional.of(
            "%.2f of the %s (%.2f of their characters) were there before"
                .formatted(share, what, shareOfCharacters))
        : Optional.empty();
  }

  private static Optional<String> grams(List<String> words) {
    long[] hashes = Hash.of(words);
    int[] until = new int[words.size() + 1]; // characters before each word
    for (int i = 0; i < words.size(); i++) {
      until[i + 1] = until[i] + words.get(i).length();
    }
    for (int i = 0; i < TOP_GRAMS.length; i++) {
      double share = top(hashes, until, i + 2);
      if (share > TOP_GRAMS[i]) {
        return found(share, "the most frequent", i + 2, TOP_GRAMS[i]);
      }
    }
    for (int i = 0; i < ALL_GRAMS.length; i++) {
      double share = again(hashes, until, i + 5);
      if (share > ALL_GRAMS[i]) {
        return found(share, "repeated", i + 5, ALL_GRAMS[i]);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> found(double share, String which, int words, double most) {
    return Optional.of(
        "%.2f of the characters are in %s %d-grams, more than %.2f"
            .formatted(share, which, words, most));
  }

  /** The share of characters in the n-gram that is there most often, if that is more than once. */
  private static double top(long[] words, int[] until, int count) {
    Map<Long, Integer> times = new HashMap<>();
    double most = 0;
    int best = 1;
    for (int i = 0; i + count <= words.length; i++) {
      int now = times.merge(Hash.gram(words, i, count), 1, Integer::sum);
      if (now > best) {
        best = now;
        most = (double) now * (until[i + count] - until[i]) / until[words.length];
      }
    }
    return most;
  }

  /** The share of characters in n-grams that were there before, each character counted once. */
  private static double again(long[] words, int[] until, int count) {
    Set<Long> seen = new HashSet<>();
    int covered = 0; // words up to here are counted
    long characters = 0;
    for (int i = 0; i + count <= words.length; i++) {
      if (!seen.add(Hash.gram(words, i, count))) {
        characters += until[i + count] - until[Math.max(i, Math.min(covered, i + count))];
        covered = i + count;
      }
    }
    return (double) characters / Math.max(1, until[words.length]);
  }
}
