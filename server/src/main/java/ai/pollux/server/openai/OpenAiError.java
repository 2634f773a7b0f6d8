package ai.pollux.server.openai;

import ai.pollux.server.gemini.ApiException;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error: {@code {"error": {…}}}.
 *
 * @param status the HTTP status; not sent in the body
 */
public record OpenAiError(@JsonProperty("error") Detail error, @JsonIgnore int status) {

  /** What went wrong; absent members are sent as null, as OpenAI does. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Detail(
      String message, String type, @Nullable String param, @Nullable String code) {}

  /** The same error in OpenAI's words. */
  public static OpenAiError of(ApiException error) {
    String param = field(error);
    boolean isWrongKey = isWrongKey(error);
    Detail detail =
        new Detail(
            error.getMessage(),
            type(error.status()),
            param,
            isWrongKey ? "invalid_api_key" : code(error.status(), param));
    return new OpenAiError(detail, isWrongKey ? 401 : error.status().code());
  }

  /** The seconds after which to come again, where the error says so. */
  public static Optional<String> retryAfter(ApiException error) {
    return error.body().error().details().stream()
        .map(detail -> detail.get("retryDelay"))
        .filter(String.class::isInstance)
        .map(delay -> ((String) delay).replaceFirst("s$", ""))
        .findFirst();
  }

  private static String type(ApiException.Status status) {
    return switch (status.code()) {
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      case 500, 503, 504 -> "server_error";
      default -> "invalid_request_error";
    };
  }

  private static @Nullable String code(ApiException.Status status, @Nullable String param) {
    return switch (status.code()) {
      case 404 -> "model".equals(param) ? "model_not_found" : "not_found";
      case 429 -> "rate_limit_exceeded";
      case 503 -> "server_overloaded";
      case 504 -> "timeout";
      default -> null;
    };
  }

  private static boolean isWrongKey(ApiException error) {
    return error.body().error().details().stream()
        .anyMatch(detail -> "API_KEY_INVALID".equals(detail.get("reason")));
  }

  /** The member that is wrong, where the error says which. */
  private static @Nullable String field(ApiException error) {
    for (Map<String, Object> detail : error.body().error().details()) {
      if (detail.get("fieldViolations") instanceof List<?> violations
          && !violations.isEmpty()
          && violations.getFirst() instanceof Map<?, ?> first
          && first.get("field") instanceof String field) {
        return field;
      }
    }
    return null;
  }
}
