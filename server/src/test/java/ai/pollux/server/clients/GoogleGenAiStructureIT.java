package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import com.google.genai.Client;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionCallingConfigMode;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import com.google.genai.types.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Google's own Java SDK, unmodified, asks for JSON and for calls. */
final class GoogleGenAiStructureIT {
  private static final Schema RECIPE =
      Schema.builder()
          .type(Type.Known.OBJECT)
          .properties(
              Map.of(
                  "name", Schema.builder().type(Type.Known.STRING).maxLength(10L).build(),
                  "minutes",
                      Schema.builder().type(Type.Known.INTEGER).minimum(1.0).maximum(90.0).build()))
          .propertyOrdering("name", "minutes")
          .required("name", "minutes")
          .build();

  private static RunningServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = RunningServer.gemma();
    client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void answersWithASchema() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .responseMimeType("application/json")
            .responseSchema(RECIPE)
            .maxOutputTokens(60)
            .build();
    assertRecipe(client.models.generateContent("gemini-pro", "A soup", config).text());
  }

  @Test
  void answersWithAJsonSchema() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .responseMimeType("application/json")
            .responseJsonSchema(
                Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of(
                        "name", Map.of("type", "string", "maxLength", 10),
                        "minutes", Map.of("type", "integer", "minimum", 1, "maximum", 90)),
                    "required",
                    List.of("name", "minutes"),
                    "additionalProperties",
                    false))
            .maxOutputTokens(60)
            .build();
    assertRecipe(client.models.generateContent("gemini-pro", "A soup", config).text());
  }

  private static void assertRecipe(String text) {
    JsonNode recipe = new JsonMapper().readTree(text);
    assertThat(recipe.path("name").isString()).as(text).isTrue();
    assertThat(recipe.path("minutes").asInt()).isBetween(1, 90);
  }

  @Test
  void callsAFunctionInModeAny() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .tools(
                Tool.builder()
                    .functionDeclarations(
                        FunctionDeclaration.builder().name("cook").parameters(RECIPE).build(),
                        FunctionDeclaration.builder().name("other").build())
                    .build())
            .toolConfig(
                ToolConfig.builder()
                    .functionCallingConfig(
                        FunctionCallingConfig.builder()
                            .mode(FunctionCallingConfigMode.Known.ANY)
                            .allowedFunctionNames("cook")
                            .build())
                    .build())
            .maxOutputTokens(120)
            .build();
    GenerateContentResponse response =
        client.models.generateContent("gemini-pro", "A soup", config);
    List<FunctionCall> calls = response.functionCalls();
    assertThat(calls).isNotEmpty();
    for (FunctionCall call : calls) {
      assertThat(call.name()).contains("cook");
      Map<String, Object> args = call.args().orElseThrow();
      assertThat(args.get("name")).isInstanceOf(String.class);
      assertThat(((Number) args.get("minutes")).intValue()).isBetween(1, 90);
    }
  }
}
