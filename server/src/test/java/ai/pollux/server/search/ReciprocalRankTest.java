package ai.pollux.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReciprocalRankTest {
  @Test
  void whatIsGoodInBothWins() {
    // b: 1/62 + 1/61 = 0.0325; a: 1/61 = 0.0164; d: 1/62; c: 1/63.
    assertThat(ReciprocalRank.fuse(List.of(List.of("a", "b", "c"), List.of("b", "d")), 10))
        .containsExactly("b", "a", "d", "c");
  }

  @Test
  void ofEqualsTheFirstComesFirstAndTheRestIsCut() {
    assertThat(ReciprocalRank.fuse(List.of(List.of("x"), List.of("y"), List.of("z")), 2))
        .containsExactly("x", "y");
    assertThat(ReciprocalRank.fuse(List.of(), 3)).isEmpty();
  }
}
