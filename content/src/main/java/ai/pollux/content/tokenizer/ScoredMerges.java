package ai.pollux.content.tokenizer;

import java.util.Arrays;

/**
 * SentencePiece's rule: any two neighbours merge whose spellings together are a piece, the piece
 * with the highest score first.
 */
final class ScoredMerges implements Merges {
  private final PieceIndex index;
  private final int[] ranks;

  /**
   * @param scores per piece of {@code index}; NaN for a piece that is never made by merging
   */
  ScoredMerges(PieceIndex index, float[] scores) {
    this.index = index;
    this.ranks = ranks(scores);
  }

  @Override
  public long find(int left, int right) {
    if ((left | right) < 0) {
      return NONE;
    }
    int merged = index.findJoined(left, right);
    return merged < 0 || ranks[merged] < 0 ? NONE : Merges.merge(ranks[merged], merged);
  }

  /** Equal ranks for equal scores, 0 for the highest, -1 for NaN. */
  private static int[] ranks(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted); // NaN last
    int[] ranks = new int[scores.length];
    for (int id = 0; id < scores.length; id++) {
      ranks[id] =
          Float.isNaN(scores[id])
              ? -1
              : scores.length - 1 - Arrays.binarySearch(sorted, scores[id]);
    }
    return ranks;
  }
}
