package ai.pollux.server.search;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a store has for a question, best first: by the words, and by the vectors.
 *
 * @param byWords ranked by BM25
 * @param byVectors ranked by the angle to the question's
 */
public record Rankings(List<Passage> byWords, List<Passage> byVectors) {
  /**
   * The best of some stores, by both. Of each ranking only so many count as are wanted: in longer
   * ones, much happens to be in both and passes what is first in one, and weak vectors spoil all.
   */
  public static List<Passage> fuse(List<Rankings> stores, int most) {
    return ReciprocalRank.fuse(
        stores.stream()
            .flatMap(each -> Stream.of(each.byWords(), each.byVectors()))
            .map(ranking -> ranking.subList(0, Math.min(most, ranking.size())))
            .toList(),
        most);
  }
}
