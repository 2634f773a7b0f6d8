package ai.pollux.server.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.search.Filter.And;
import ai.pollux.server.search.Filter.Compare;
import ai.pollux.server.search.Filter.Not;
import ai.pollux.server.search.Filter.Operator;
import ai.pollux.server.search.Filter.Or;
import ai.pollux.server.search.Filter.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterParserTest {
  private static Filter text(String key, Operator operator, String value) {
    return new Compare(key, operator, new Value.Text(value));
  }

  private static Filter number(String key, Operator operator, double value) {
    return new Compare(key, operator, new Value.Numeric(value));
  }

  @Test
  void comparesTextAndNumbers() {
    assertThat(FilterParser.parse("author = \"Jane Austen\""))
        .isEqualTo(text("author", Operator.EQUAL, "Jane Austen"));
    assertThat(FilterParser.parse("author='x'")).isEqualTo(text("author", Operator.EQUAL, "x"));
    assertThat(FilterParser.parse("a=\"x\\\"y\"")).isEqualTo(text("a", Operator.EQUAL, "x\"y"));
    assertThat(FilterParser.parse("author != Austen"))
        .isEqualTo(text("author", Operator.NOT_EQUAL, "Austen"));
    assertThat(FilterParser.parse("year>=1813")).isEqualTo(number("year", Operator.AT_LEAST, 1813));
    assertThat(FilterParser.parse("t < -2.5e1")).isEqualTo(number("t", Operator.LESS, -25));
    assertThat(FilterParser.parse("year = \"1813\""))
        .as("a quoted number is text")
        .isEqualTo(text("year", Operator.EQUAL, "1813"));
    assertThat(FilterParser.parse("tags:new-one")).isEqualTo(text("tags", Operator.HAS, "new-one"));
    assertThat(FilterParser.parse("tags:*"))
        .isEqualTo(new Compare("tags", Operator.HAS, new Value.Anything()));
  }

  @Test
  void orBindsTighterThanAndAsTheStandardHasIt() {
    Filter a = number("a", Operator.EQUAL, 1);
    Filter b = number("b", Operator.EQUAL, 2);
    Filter c = number("c", Operator.EQUAL, 3);
    assertThat(FilterParser.parse("a=1 AND b=2 OR c=3"))
        .isEqualTo(new And(List.of(a, new Or(List.of(b, c)))));
    assertThat(FilterParser.parse("(a=1 AND b=2) OR c=3"))
        .isEqualTo(new Or(List.of(new And(List.of(a, b)), c)));
    assertThat(FilterParser.parse("a=1 b=2")).isEqualTo(new And(List.of(a, b)));
    assertThat(FilterParser.parse("NOT a=1 AND -b=2"))
        .isEqualTo(new And(List.of(new Not(a), new Not(b))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a =",
        "= 1",
        "a = 1 AND",
        "OR",
        "(a=1",
        "a=1)",
        "a = \"x",
        "a == 1",
        "a=1 OR OR b=2",
        "a=*",
        "()",
        "NOT",
        "-",
        "a:",
        "a!1",
        "a = (1)",
        "a<>1",
        "a=-x"
      })
  void whatIsNoFilterIsRefusedWithItsPlace(String filter) {
    assertThatThrownBy(() -> FilterParser.parse(filter))
        .isInstanceOf(SearchException.class)
        .hasMessageStartingWith("metadata_filter: expected ")
        .hasMessageContaining(", found ");
  }

  @Test
  void messagesNameThePlace() {
    assertThatThrownBy(() -> FilterParser.parse("a=1)"))
        .hasMessageStartingWith(
            "metadata_filter: expected AND, OR or the end, found \")\" at character 4.");
    assertThatThrownBy(() -> FilterParser.parse("a = \"x"))
        .hasMessageContaining("found one at character 5 that is not.");
  }

  @Test
  void deepLongAndManyAreRefused() {
    assertThatThrownBy(() -> FilterParser.parse("(".repeat(4000) + "a=1"))
        .hasMessageContaining("at most 20 conditions inside each other");
    assertThatThrownBy(() -> FilterParser.parse("NOT ".repeat(1000) + "a=1"))
        .hasMessageContaining("at most 20 conditions inside each other");
    assertThatThrownBy(() -> FilterParser.parse("a".repeat(4097)))
        .hasMessageContaining("at most 4096 characters, found 4097");
    assertThatThrownBy(() -> FilterParser.parse("a=1 ".repeat(101)))
        .hasMessageContaining("at most 100 comparisons");
  }

  @Test
  void nothingButARefusalComesOfNoise() {
    Random random = new Random(7);
    String letters = "ab1. \"'\\()=!<>:*-\u0000\ud83dANDORNOT";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder noise = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        noise.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        MetadataFields.query(FilterParser.parse(noise.toString()));
      } catch (SearchException e) {
        assertThat(e.reason()).isEqualTo(SearchException.Reason.INVALID);
      }
    }
  }
}
