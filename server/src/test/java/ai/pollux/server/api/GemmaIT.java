package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A Gemma 4 with random weights and its own chat template: turns, tools, thinking. */
final class GemmaIT {
  private static final String MODEL = "/v1beta/models/hf";
  private static final String TURNS =
      "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},"
          + "{\"role\":\"model\",\"parts\":[{\"text\":\"Hello.\"}]},"
          + "{\"role\":\"user\",\"parts\":[{\"text\":\"What is the weather?\"}]}]";
  private static final String SYSTEM =
      ",\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]}";
  private static final String TOOLS =
      ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\",\"description\":\"Tells it.\","
          + "\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"city\":{\"type\":\"STRING\"}},\"required\":[\"city\"]}}]}]";
  private static final String THINKING =
      ",\"generationConfig\":{\"maxOutputTokens\":6,\"temperature\":0,"
          + "\"thinkingConfig\":{\"thinkingBudget\":-1,\"includeThoughts\":true}}";
  private static final String NOT_THINKING =
      ",\"generationConfig\":{\"maxOutputTokens\":6,\"temperature\":0}";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.gemma();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void countsTheSameTokensAsItUses() throws Exception {
    int plain = assertCounted(TURNS + NOT_THINKING);
    int withSystem = assertCounted(TURNS + SYSTEM + NOT_THINKING);
    int withTools = assertCounted(TURNS + SYSTEM + TOOLS + NOT_THINKING);
    int thinking = assertCounted(TURNS + SYSTEM + TOOLS + THINKING);
    assertThat(withSystem).isGreaterThan(plain);
    assertThat(withTools).isGreaterThan(withSystem);
    // Not to think is written out as well.
    assertThat(thinking).isNotEqualTo(withTools);
  }

  @Test
  void toolsThatAreSwitchedOffAreNotInThePrompt() throws Exception {
    String off = ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}";
    assertThat(assertCounted(TURNS + TOOLS + off + NOT_THINKING))
        .isEqualTo(assertCounted(TURNS + NOT_THINKING));
  }

  @Test
  void resultsOfToolsAreRead() throws Exception {
    String turns =
        TURNS.replace(
            "}]}]",
            "}]},{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"id\":\"1\",\"name\":\"weather\",\"args\":{\"city\":\"Bern\"}}}]},"
                + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"1\",\"name\":\"weather\",\"response\":{\"sky\":\"clear\"}}}]}]");
    assertThat(assertCounted(turns + TOOLS + NOT_THINKING))
        .isGreaterThan(assertCounted(TURNS + TOOLS + NOT_THINKING));
  }

  @Test
  void streamsWhatItAnswersAtOnce() throws Exception {
    String body = "{" + TURNS + SYSTEM + TOOLS + THINKING + "}";
    Reply stream = api.post(MODEL + ":streamGenerateContent?alt=sse", body);
    assertThat(stream.status()).as(stream.body()).isEqualTo(200);
    assertThat(Api.text(stream.events()))
        .isEqualTo(api.post(MODEL + ":generateContent", body).text());
  }

  /** The tokens of a prompt: used when answered, and counted alone. */
  private static int assertCounted(String members) throws Exception {
    Reply answer = api.post(MODEL + ":generateContent", "{" + members + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode usage = answer.json().path("usageMetadata");
    int used = usage.path("promptTokenCount").asInt();
    assertThat(usage.path("totalTokenCount").asInt())
        .isEqualTo(
            used
                + usage.path("candidatesTokenCount").asInt()
                + usage.path("thoughtsTokenCount").asInt());
    Reply counted =
        api.post(MODEL + ":countTokens", "{\"generateContentRequest\":{" + members + "}}");
    assertThat(counted.json().path("totalTokens").asInt()).as(counted.body()).isEqualTo(used);
    return used;
  }
}
