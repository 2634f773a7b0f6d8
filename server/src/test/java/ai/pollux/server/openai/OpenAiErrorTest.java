package ai.pollux.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.ApiException.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpenAiErrorTest {
  @Test
  void aWrongMemberIsNamed() {
    OpenAiError error = OpenAiError.of(ApiException.invalid("top_p", "no"));
    assertThat(error.status()).isEqualTo(400);
    assertThat(OpenAiJson.write(error))
        .isEqualTo(
            "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"param\":\"top_p\",\"code\":null}}");
  }

  @Test
  void aWrongKeyIsUnauthorized() {
    OpenAiError error =
        OpenAiError.of(
            new ApiException(
                Status.INVALID_ARGUMENT, "no", List.of(Map.of("reason", "API_KEY_INVALID"))));
    assertThat(error.status()).isEqualTo(401);
    assertThat(error.error().code()).isEqualTo("invalid_api_key");
  }

  @Test
  void everyStatusHasAType() {
    assertThat(OpenAiError.of(ApiException.at(Status.NOT_FOUND, "model", "x")).error().code())
        .isEqualTo("model_not_found");
    assertThat(type(Status.PERMISSION_DENIED)).isEqualTo("permission_error");
    assertThat(type(Status.RESOURCE_EXHAUSTED)).isEqualTo("rate_limit_error");
    assertThat(type(Status.ALREADY_EXISTS)).isEqualTo("invalid_request_error");
    for (Status status : List.of(Status.INTERNAL, Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED)) {
      assertThat(type(status)).isEqualTo("server_error");
    }
  }

  @Test
  void whenToComeAgainIsTold() {
    assertThat(
            OpenAiError.retryAfter(
                new ApiException(
                    Status.RESOURCE_EXHAUSTED, "x", List.of(Map.of("retryDelay", "34s")))))
        .contains("34");
    assertThat(OpenAiError.retryAfter(new ApiException(Status.INTERNAL, "x"))).isEmpty();
  }

  private static String type(Status status) {
    return OpenAiError.of(new ApiException(status, "x")).error().type();
  }
}
