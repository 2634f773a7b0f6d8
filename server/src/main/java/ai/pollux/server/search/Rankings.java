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
  /** The best of some stores, by both. */
  public static List<Passage> fuse(List<Rankings> stores, int most) {
    return ReciprocalRank.fuse(
        stores.stream().flatMap(each -> Stream.of(each.byWords(), each.byVectors())).toList(),
        most);
  }
}
