package ai.pollux.content.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The turn formats against what the reference library renders, row by row. */
class ChatTemplateGoldenTest {
  @TestFactory
  Stream<DynamicTest> gemma4IsTheReferencesText() {
    return compare("gemma4", new Gemma4Template());
  }

  @TestFactory
  Stream<DynamicTest> gemma3IsTheReferencesText() {
    return compare("gemma3", new Gemma3Template());
  }

  @Test
  void theGoldensHoldRefusalsToo() {
    assertThat(GoldenChats.rows("gemma4")).hasSizeGreaterThanOrEqualTo(104);
    assertThat(GoldenChats.rows("gemma3").stream().filter(row -> refused(row)))
        .hasSizeGreaterThanOrEqualTo(4);
  }

  private static boolean refused(GoldenChats.Row row) {
    return row.row().members().containsKey("error");
  }

  static Stream<DynamicTest> compare(String family, ChatTemplate template) {
    List<GoldenChats.Row> rows = GoldenChats.rows(family);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row, template)));
  }

  private static void check(GoldenChats.Row row, ChatTemplate template) {
    if (row.row().member("error") instanceof Json.Str(String error)) {
      assertThatThrownBy(() -> template.render(row.conversation(), row.options()))
          .isInstanceOf(TemplateException.class)
          .hasMessageContaining(error);
    } else {
      assertThat(template.render(row.conversation(), row.options()))
          .isEqualTo(GoldenChats.string(row.row().member("text")));
    }
  }
}
