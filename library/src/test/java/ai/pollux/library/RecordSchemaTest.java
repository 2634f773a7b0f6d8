package ai.pollux.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordSchemaTest {
  enum Kind {
    A,
    B
  }

  record Inner(double real, Optional<Boolean> maybe) {}

  record Outer(
      @Description("how it is called") String name,
      int count,
      long big,
      Kind kind,
      List<List<Inner>> inner,
      Optional<Inner> one) {}

  record Dated(Inner inner, List<LocalDate> days) {}

  record Endless(String name, List<Endless> parts) {}

  record Mapped(Map<String, String> all) {}

  @Test
  void componentsBecomeMembersInOrder() {
    String inner =
        """
        {"type":"object","properties":{"real":{"type":"number"},"maybe":{"type":"boolean"}},"required":["real"]}\
        """;
    assertThat(RecordSchema.of(Outer.class))
        .isEqualTo(
            Json.parse(
                """
                {"type":"object","properties":{
                  "name":{"type":"string","description":"how it is called"},
                  "count":{"type":"integer","minimum":-2147483648,"maximum":2147483647},
                  "big":{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807},
                  "kind":{"type":"string","enum":["A","B"]},
                  "inner":{"type":"array","items":{"type":"array","items":%s}},
                  "one":%s},
                 "required":["name","count","big","kind","inner"]}
                """
                    .formatted(inner, inner)));
    assertThat(RecordSchema.of(Outer.class).toString()).contains("\"name\":", "\"one\":");
  }

  @Test
  void otherTypesAreRefusedWithTheirPlace() {
    assertThatThrownBy(() -> RecordSchema.of(Dated.class))
        .isInstanceOf(PolluxException.class)
        .hasMessage(
            "Dated.days: expected a string, number, boolean, enum, record, List or Optional, found java.time.LocalDate. Take one of these, and convert it");
    assertThatThrownBy(() -> RecordSchema.of(Mapped.class))
        .hasMessageContaining("found java.util.Map<java.lang.String, java.lang.String>");
    assertThatThrownBy(() -> RecordSchema.of(Endless.class))
        .hasMessage(
            "Endless holds itself; a schema of it would have no end. Ask for a list of its parts");
  }

  @Test
  void recordsComeBackFromTheirJson() {
    Outer read =
        RecordJson.read(
            """
            {"name":"x","count":1,"big":2,"kind":"B","inner":[[{"real":1.5}]]}\
            """,
            Outer.class);
    assertThat(read)
        .isEqualTo(
            new Outer(
                "x",
                1,
                2,
                Kind.B,
                List.of(List.of(new Inner(1.5, Optional.empty()))),
                Optional.empty()));
    assertThat(RecordJson.result(Map.of("a", 1))).isEqualTo(Json.object("a", Json.of(1)));
    assertThat(RecordJson.result("text")).isEqualTo(Json.object("result", Json.of("text")));
  }

  @Test
  void whatIsNoRecordSaysSo() {
    assertThatThrownBy(() -> RecordJson.read("{\"real\": 1.", Inner.class))
        .isInstanceOf(PolluxException.class)
        .hasMessage(
            "expected JSON of Inner, found {\"real\": 1.. If it ends too early, allow more tokens: maxTokens(...)");
    assertThatThrownBy(() -> RecordJson.read("", Inner.class))
        .hasMessageStartingWith("expected JSON of Inner, found nothing.");
  }
}
