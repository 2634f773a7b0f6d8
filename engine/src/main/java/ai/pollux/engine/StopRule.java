package ai.pollux.engine;

import ai.pollux.engine.schedule.Sequence;
import java.util.Arrays;
import java.util.List;

/** Which tokens end an answer. */
final class StopRule {
  private final int[] endTokens;
  private final List<int[]> sequences;

  StopRule(GenerationRequest request) {
    boolean ignore = request.ignoreStop();
    endTokens =
        request.endTokens().stream()
            .filter(token -> !ignore)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    sequences = ignore ? List.of() : request.stopSequences();
  }

  /** How many of the answer's last tokens end it; 0 if it goes on. */
  int stopTokens(Sequence sequence) {
    if (isEnd(sequence.token(sequence.length() - 1))) {
      return 1;
    }
    for (int i = 0; i < sequences.size(); i++) {
      if (endsWith(sequence, sequences.get(i))) {
        return sequences.get(i).length;
      }
    }
    return 0;
  }

  /** Whether this token alone ends an answer. */
  boolean isEnd(int token) {
    return Arrays.binarySearch(endTokens, token) >= 0;
  }

  private static boolean endsWith(Sequence sequence, int[] stop) {
    if (sequence.sampled() < stop.length) {
      return false;
    }
    int from = sequence.length() - stop.length;
    for (int i = 0; i < stop.length; i++) {
      if (sequence.token(from + i) != stop[i]) {
        return false;
      }
    }
    return true;
  }
}
