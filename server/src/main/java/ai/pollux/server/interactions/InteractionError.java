package ai.pollux.server.interactions;

import ai.pollux.server.gemini.ApiException;
import java.util.Locale;

/** The body of an error: {@code {"error": {"code": "invalid_request", "message": …}}}. */
public record InteractionError(Detail error) {
  /** What went wrong. */
  public record Detail(String code, String message) {}

  /** The same error in this API's words. */
  public static InteractionError of(ApiException error) {
    String code =
        error.status() == ApiException.Status.INVALID_ARGUMENT
            ? "invalid_request"
            : error.status().name().toLowerCase(Locale.ROOT);
    return new InteractionError(new Detail(code, error.getMessage()));
  }
}
