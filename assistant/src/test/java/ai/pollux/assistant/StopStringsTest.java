package ai.pollux.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StopStringsTest {
  @Test
  void passesTextThroughWithoutStops() {
    assertThat(new StopStrings(List.of()).push("any text")).isEqualTo("any text");
  }

  @Test
  void endsBeforeTheStopEvenWhenItComesInPieces() {
    StopStrings stops = new StopStrings(List.of("END"));
    assertThat(stops.push("one E")).isEqualTo("one ");
    assertThat(stops.push("N")).isEmpty();
    assertThat(stops.push("D two")).isEmpty();
    assertThat(stops.isHit()).isTrue();
    assertThat(stops.push("three")).isEmpty();
    assertThat(stops.flush()).isEmpty();
  }

  @Test
  void givesBackWhatOnlyLookedLikeAStop() {
    StopStrings stops = new StopStrings(List.of("END"));
    assertThat(stops.push("EN")).isEmpty();
    assertThat(stops.push("EMY")).isEqualTo("ENEMY");
    assertThat(stops.push("E")).isEmpty();
    assertThat(stops.flush()).isEqualTo("E");
    assertThat(stops.isHit()).isFalse();
  }

  @Test
  void theEarliestOfSeveralStopsWins() {
    StopStrings stops = new StopStrings(List.of("late", "ear"));
    assertThat(stops.push("an early, then a late")).isEqualTo("an ");
  }

  @Test
  void cuttingTheTextDifferentlyChangesNothing() {
    String text = "abaabaaabaabbaabab";
    Random random = new Random(1);
    for (String stop : List.of("aabb", "abaaab", "bb", "zz")) {
      int at = text.indexOf(stop);
      String expected = at < 0 ? text : text.substring(0, at);
      for (int trial = 0; trial < 50; trial++) {
        StopStrings stops = new StopStrings(List.of(stop));
        StringBuilder shown = new StringBuilder();
        for (int from = 0, to; from < text.length(); from = to) {
          to = Math.min(text.length(), from + 1 + random.nextInt(4));
          shown.append(stops.push(text.substring(from, to)));
        }
        assertThat(shown.append(stops.flush())).hasToString(expected);
      }
    }
  }

  @Test
  void refusesAnEmptyStop() {
    assertThatThrownBy(() -> new StopStrings(List.of("x", "")))
        .hasMessage("stop sequence: expected some text, found an empty string");
  }
}
