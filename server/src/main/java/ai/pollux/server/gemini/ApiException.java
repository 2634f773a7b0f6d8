package ai.pollux.server.gemini;

import java.io.Serial;
import java.util.List;
import java.util.Map;

/** A request that gets an error for an answer. */
public final class ApiException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** The canonical codes in use, with the HTTP status of each. */
  public enum Status {
    INVALID_ARGUMENT(400, 3),
    FAILED_PRECONDITION(400, 9),
    PERMISSION_DENIED(403, 7),
    NOT_FOUND(404, 5),
    ALREADY_EXISTS(409, 6),
    RESOURCE_EXHAUSTED(429, 8),
    CANCELLED(499, 1),
    INTERNAL(500, 13),
    UNAVAILABLE(503, 14),
    DEADLINE_EXCEEDED(504, 4);

    private final int code;
    private final int rpc;

    Status(int code, int rpc) {
      this.code = code;
      this.rpc = rpc;
    }

    /** The HTTP status. */
    public int code() {
      return code;
    }

    /** The number in {@code google.rpc.Code}. */
    public int rpc() {
      return rpc;
    }
  }

  private final Status status;
  private final transient List<Map<String, Object>> details;

  /** An error with {@code google.rpc} details. */
  public ApiException(Status status, String message, List<Map<String, Object>> details) {
    super(message);
    this.status = status;
    this.details = List.copyOf(details);
  }

  /** An error without details. */
  public ApiException(Status status, String message) {
    this(status, message, List.of());
  }

  /**
   * 400: a member of the body is wrong. {@code field} is its path as the API spells it, like {@code
   * generation_config.top_p}.
   */
  public static ApiException invalid(String field, String message) {
    return at(Status.INVALID_ARGUMENT, field, message);
  }

  /** An error about one member of the body. */
  public static ApiException at(Status status, String field, String message) {
    return new ApiException(
        status,
        message,
        List.of(
            Map.of(
                "@type",
                "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations",
                List.of(Map.of("field", field, "description", message)))));
  }

  /** What the HTTP status is made from. */
  public Status status() {
    return status;
  }

  /** The body to send. */
  public ApiError.Envelope body() {
    return new ApiError.Envelope(new ApiError(status.code(), getMessage(), status.name(), details));
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
