package ai.pollux.server.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WireTest {
  @Test
  void readsCamelCaseAndSnakeCase() {
    for (String json :
        List.of(
            "{\"systemInstruction\":{\"parts\":[{\"text\":\"s\"}]},\"generationConfig\":{\"maxOutputTokens\":7,\"topP\":0.5}}",
            "{\"system_instruction\":{\"parts\":[{\"text\":\"s\"}]},\"generation_config\":{\"max_output_tokens\":7,\"top_p\":0.5}}")) {
      GenerateContentRequest request = read(json);
      assertThat(request.systemInstruction().parts().getFirst().text()).isEqualTo("s");
      assertThat(request.generationConfig().maxOutputTokens()).isEqualTo(7);
      assertThat(request.generationConfig().topP()).isEqualTo(0.5);
    }
  }

  @Test
  void readsBothNamesOfTheJsonSchema() {
    assertThat(
            read("{\"generationConfig\":{\"_responseJsonSchema\":{}}}")
                .generationConfig()
                .responseJsonSchema())
        .isNotNull();
    assertThat(
            read("{\"generationConfig\":{\"responseJsonSchema\":{}}}")
                .generationConfig()
                .responseJsonSchema())
        .isNotNull();
  }

  @Test
  void keysInsideArgumentsStayAsTheyAre() {
    Part part =
        read("{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"some_key\":1,\"otherKey\":2}}}]}]}")
            .contents()
            .getFirst()
            .parts()
            .getFirst();
    assertThat(part.functionCall().args().propertyNames()).containsExactly("some_key", "otherKey");
  }

  @Test
  void anUnknownNameIsRefusedWithItsPlace() {
    ApiException error =
        catchThrowableOfType(
            ApiException.class, () -> read("{\"generationConfig\":{\"stopSequence\":[\"x\"]}}"));
    assertThat(error.status().code()).isEqualTo(400);
    assertThat(error)
        .hasMessage(
            "Invalid JSON payload received. Unknown name \"stopSequence\" at 'generation_config': Cannot find field.");
    assertThat(error.body().error().details().getFirst())
        .containsEntry("@type", "type.googleapis.com/google.rpc.BadRequest")
        .containsEntry(
            "fieldViolations",
            List.of(Map.of("field", "generation_config", "description", error.getMessage())));
  }

  @Test
  void aWrongTypeIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read("{\"contents\":[{\"parts\":[{\"text\":\"a\"},{\"text\":{}}]}]}"))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("Invalid value at 'contents[0].parts[1].text':");
  }

  @Test
  void brokenJsonIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read("{\"contents\": [}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("(line 1, column 15)");
    assertThatThrownBy(() -> read(""))
        .hasMessage("The request has no body; expected a JSON object.");
    assertThatThrownBy(() -> read("null"))
        .hasMessage("Invalid JSON payload received. Expected an object, found null.");
    assertThatThrownBy(() -> read("{\"model\":\"a\",\"model\":\"b\"}"))
        .hasMessageContaining("Duplicate");
    assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> read("{\"contents\":[{\"parts\":" + "[".repeat(100_000)))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void absentMembersAreNotWritten() {
    assertThat(Wire.write(Part.ofText("hi"))).isEqualTo("{\"text\":\"hi\"}");
    assertThat(Wire.write(new ApiException(ApiException.Status.NOT_FOUND, "gone").body()))
        .isEqualTo(
            "{\"error\":{\"code\":404,\"message\":\"gone\",\"status\":\"NOT_FOUND\",\"details\":[]}}");
  }

  private static GenerateContentRequest read(String json) {
    return Wire.read(json.getBytes(StandardCharsets.UTF_8), GenerateContentRequest.class);
  }
}
