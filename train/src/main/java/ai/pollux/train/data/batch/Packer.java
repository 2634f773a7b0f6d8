package ai.pollux.train.data.batch;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses which waiting sequences make a step: the oldest, so that none waits for ever, then again
 * and again the longest that still fits (first-fit decreasing over the waiting ones).
 *
 * @param rows the most tokens of a step
 */
record Packer(int rows) {
  /**
   * Places in the list, ascending.
   *
   * @param lengths of the waiting sequences, oldest first, none above {@code rows}
   */
  List<Integer> choose(List<Integer> lengths) {
    List<Integer> chosen = new ArrayList<>();
    boolean[] isChosen = new boolean[lengths.size()];
    int room = rows;
    int next = lengths.isEmpty() ? -1 : 0;
    while (next >= 0) {
      isChosen[next] = true;
      chosen.add(next);
      room -= lengths.get(next);
      next = -1;
      for (int i = 0; i < isChosen.length; i++) {
        boolean fits = !isChosen[i] && lengths.get(i) <= room;
        if (fits && (next < 0 || lengths.get(i) > lengths.get(next))) {
          next = i;
        }
      }
    }
    chosen.sort(null);
    return chosen;
  }
}
