package ai.pollux.server.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one ranking of several: the score of an item is the sum of {@code 1 / (60 + rank)} over the
 * rankings that have it, ranks from 1 (Cormack, Clarke and Büttcher, SIGIR 2009). Scores of
 * different kinds need not be made comparable.
 */
final class ReciprocalRank {
  private static final int DAMPING = 60;

  private ReciprocalRank() {}

  /** Best first; of equals the one that was met first. */
  static <T> List<T> fuse(List<List<T>> rankings, int most) {
    Map<T, Double> scores = new LinkedHashMap<>();
    for (List<T> ranking : rankings) {
      for (int i = 0; i < ranking.size(); i++) {
        scores.merge(ranking.get(i), 1.0 / (DAMPING + i + 1), Double::sum);
      }
    }
    return scores.entrySet().stream()
        .sorted(Map.Entry.<T, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
