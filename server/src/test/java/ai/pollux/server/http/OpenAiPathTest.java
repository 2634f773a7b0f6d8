package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenAiPathTest {
  @Test
  void itsPathsHaveManyBeginnings() {
    for (String path :
        List.of(
            "/v1beta/openai/chat/completions",
            "/v1/openai/chat/completions",
            "/v1alpha/openai//chat/completions/",
            "/openai/v1/chat/completions",
            "/v1/chat/completions",
            "/v1/projects/p/locations/l/endpoints/openapi/chat/completions",
            "/v1beta1/projects/p/locations/l/endpoints/openapi/chat/completions")) {
      assertThat(OpenAiPath.parse(path)).as(path).contains(new OpenAiPath("chat/completions"));
    }
    assertThat(OpenAiPath.parse("/v1/responses")).contains(new OpenAiPath("responses"));
    assertThat(OpenAiPath.parse("/v1/responses/resp_1"))
        .contains(new OpenAiPath("responses/resp_1"));
    assertThat(OpenAiPath.parse("/v1beta/openai/")).contains(new OpenAiPath(""));
  }

  @Test
  void modelsBelowV1AreGeminis() {
    assertThat(OpenAiPath.parse("/v1/models")).isEmpty();
    assertThat(OpenAiPath.parse("/v1beta/models/openai:generateContent")).isEmpty();
    assertThat(OpenAiPath.parse("/v1/responsesX")).isEmpty();
    assertThat(OpenAiPath.parse("/v1beta/openaix/models")).isEmpty();
  }

  @Test
  void modelsAreNamed() {
    assertThat(OpenAiPath.parse("/v1beta/openai/models/models/gemma:1b").orElseThrow().model())
        .contains("models/gemma:1b");
    assertThat(OpenAiPath.parse("/v1beta/openai/models").orElseThrow().model()).isEmpty();
  }
}
