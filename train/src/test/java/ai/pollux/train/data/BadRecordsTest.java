package ai.pollux.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BadRecordsTest {
  @Test
  void upToTheLimitTheyAreCountedAndNamed() {
    BadRecords bad = new BadRecords(1);
    bad.add("books", 7, "no text.");
    assertThat(bad.count()).isEqualTo(1);
    assertThat(bad.named()).containsExactly("books, record 7: no text.");
    assertThatThrownBy(() -> bad.add("books", 9, "cut off."))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Found 2 bad records, more than the 1 that are let pass. The last: books, record 9: cut off. Mend the source, or raise the limit.");
  }
}
