package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pairs that a {@code tokenizer.json} joins, best first. SentencePiece joins any two neighbours
 * whose spellings make a piece, however the piece was learned: so every way to cut a piece in two
 * is listed, in the order of the pieces.
 */
final class PieceMerges {
  /** Two pieces that make a third. */
  record Merge(String left, String right) {}

  private PieceMerges() {}

  static List<Merge> of(List<Piece> pieces) {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (isText(pieces.get(id))) {
        ids.put(pieces.get(id).text(), id);
      }
    }
    Comparator<Merge> byIds = Comparator.comparingInt(each -> ids.getOrDefault(each.left(), 0));
    byIds = byIds.thenComparingInt(each -> ids.getOrDefault(each.right(), 0));
    List<Merge> merges = new ArrayList<>();
    for (Piece piece : pieces) {
      List<Merge> ways = isText(piece) ? ways(piece.text(), ids) : List.of();
      ways.stream().sorted(byIds).forEach(merges::add);
    }
    return merges;
  }

  private static List<Merge> ways(String text, Map<String, Integer> ids) {
    List<Merge> ways = new ArrayList<>();
    for (int cut = 1; cut < text.length(); cut++) {
      String left = text.substring(0, cut);
      String right = text.substring(cut);
      if (ids.containsKey(left) && ids.containsKey(right)) {
        ways.add(new Merge(left, right));
      }
    }
    return ways;
  }

  private static boolean isText(Piece piece) {
    return switch (piece.kind()) {
      case LEARNED, USER_DEFINED -> true;
      case UNKNOWN, CONTROL, BYTE -> false;
    };
  }
}
