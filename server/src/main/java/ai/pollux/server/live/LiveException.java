package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;

/** What ends a session: a close code of WebSocket and a reason that fits its frame. */
public final class LiveException extends RuntimeException {
  /** The server goes away. */
  public static final int GOING_AWAY = 1001;

  /** A message is not what it must be. */
  public static final int INVALID = 1007;

  /** Something is not there or not allowed. */
  public static final int POLICY = 1008;

  /** Our mistake, or too much to do. */
  public static final int INTERNAL = 1011;

  /** The most bytes of a reason (RFC 6455, 5.5). */
  private static final int LONGEST_REASON = 123;

  @Serial private static final long serialVersionUID = 1;

  private final int code;

  /** Ends a session; a reason that is too long is cut. */
  public LiveException(int code, String reason) {
    super(cut(reason));
    this.code = code;
  }

  /** Ends a session with what a request would get as an error. */
  public static LiveException of(ApiException error) {
    int code =
        switch (error.status()) {
          case INVALID_ARGUMENT, FAILED_PRECONDITION -> INVALID;
          case PERMISSION_DENIED, NOT_FOUND, ALREADY_EXISTS -> POLICY;
          case RESOURCE_EXHAUSTED, CANCELLED, INTERNAL, UNAVAILABLE, DEADLINE_EXCEEDED -> INTERNAL;
        };
    return new LiveException(code, error.getMessage());
  }

  /** The close code. */
  public int code() {
    return code;
  }

  /** The reason, at most 123 bytes of UTF-8. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  private static String cut(String reason) {
    StringBuilder kept = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < reason.length(); at += Character.charCount(reason.codePointAt(at))) {
      String next = Character.toString(reason.codePointAt(at));
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_REASON) {
        break;
      }
      kept.append(next);
    }
    return kept.toString();
  }
}
