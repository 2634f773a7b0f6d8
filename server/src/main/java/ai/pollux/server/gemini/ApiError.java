package ai.pollux.server.gemini;

import java.util.List;
import java.util.Map;

/** {@code google.rpc.Status} as the API sends it. */
public record ApiError(int code, String message, String status, List<Map<String, Object>> details) {
  /** The body of an error: {@code {"error": {…}}}. */
  public record Envelope(ApiError error) {}
}
