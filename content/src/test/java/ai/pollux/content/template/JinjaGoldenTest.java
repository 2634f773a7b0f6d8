package ai.pollux.content.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import ai.pollux.content.template.jinja.JinjaException;
import ai.pollux.content.template.jinja.JinjaLimits;
import ai.pollux.content.template.jinja.JinjaTemplate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published Jinja templates, interpreted, against what the reference library renders. */
class JinjaGoldenTest {
  @TestFactory
  Stream<DynamicTest> conversationsThroughGemma4sJinjaAreTheReferencesText() {
    return ChatTemplateGoldenTest.compare("gemma4", checkpoint("gemma4"));
  }

  @TestFactory
  Stream<DynamicTest> conversationsThroughGemma3sJinjaAreTheReferencesText() {
    return ChatTemplateGoldenTest.compare("gemma3", checkpoint("gemma3"));
  }

  @TestFactory
  Stream<DynamicTest> messagesAsTheyStandAreTheReferencesText() {
    return Stream.of("gemma4", "gemma3").flatMap(JinjaGoldenTest::raw);
  }

  private static ChatTemplate checkpoint(String family) {
    String source = GoldenChats.read("chat/templates/" + family + ".jinja");
    return new JinjaChatTemplate(source, "<bos>", "<eos>", Clock.systemUTC());
  }

  /** Rows given to the interpreter as the reference library gave them to Jinja. */
  private static Stream<DynamicTest> raw(String family) {
    String source = GoldenChats.read("chat/templates/" + family + ".jinja");
    JinjaTemplate template = JinjaTemplate.of(source, JinjaLimits.DEFAULT, Clock.systemUTC());
    List<GoldenChats.Row> rows = GoldenChats.rows(family);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(family + " " + row.name(), () -> check(row, template)));
  }

  private static void check(GoldenChats.Row row, JinjaTemplate template) {
    Map<String, Json> variables =
        new LinkedHashMap<>(((Json.Obj) row.row().member("options")).members());
    variables.put("messages", row.row().member("messages"));
    variables.put("tools", row.row().member("tools"));
    variables.put("bos_token", Json.of("<bos>"));
    Json.Obj all = new Json.Obj(variables);
    if (row.row().member("error") instanceof Json.Str(String error)) {
      assertThatThrownBy(() -> template.render(all))
          .isInstanceOf(JinjaException.class)
          .hasMessageContaining(error);
    } else {
      assertThat(template.render(all)).isEqualTo(GoldenChats.string(row.row().member("text")));
    }
  }
}
