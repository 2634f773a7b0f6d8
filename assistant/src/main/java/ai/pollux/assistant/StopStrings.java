package ai.pollux.assistant;

import java.util.List;

/**
 * Ends a stream of text before the first stop string in it. What could be the beginning of one is
 * held back until it is clear.
 */
final class StopStrings {
  private final List<String> stops;
  private String held = "";
  private boolean isHit;

  /**
   * Stops at any of the given strings.
   *
   * @throws IllegalArgumentException if one is empty
   */
  StopStrings(List<String> stops) {
    if (stops.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "stop sequence: expected some text, found an empty string");
    }
    this.stops = List.copyOf(stops);
  }

  /** Takes the next piece of text, gives what may be shown. After a hit, gives nothing more. */
  String push(String text) {
    if (isHit || stops.isEmpty()) {
      return isHit ? "" : text;
    }
    String all = held + text;
    int end = firstStop(all);
    if (end >= 0) {
      isHit = true;
      held = "";
      return all.substring(0, end);
    }
    int safe = all.length() - longestBeginning(all);
    held = all.substring(safe);
    return all.substring(0, safe);
  }

  /** Gives what was held back when no more text comes. */
  String flush() {
    String rest = held;
    held = "";
    return rest;
  }

  /** Whether a stop string was found. */
  boolean isHit() {
    return isHit;
  }

  private int firstStop(String text) {
    int first = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** The length of the longest end of {@code text} that a stop string begins with. */
  private int longestBeginning(String text) {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, text.length()); length > longest; length--) {
        if (text.regionMatches(text.length() - length, stop, 0, length)) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
