package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;

/**
 * How requests are refused that Helidon cannot read as HTTP: in the form of the API, as 400 also
 * where it takes them for a mistake of its own, since nothing of ours has run by then.
 */
final class ProtocolErrors implements DirectHandler {
  /** This for every kind of mistake. */
  static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, new ProtocolErrors());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Connections.CURRENT.get().refuse();
    Status answer = status.code() >= 500 && status.code() != 505 ? Status.BAD_REQUEST_400 : status;
    String body =
        Wire.writePretty(
            new ApiException(
                    ApiException.Status.INVALID_ARGUMENT,
                    "This is not a request of HTTP/1.1 that can be read here (%d %s)."
                        .formatted(answer.code(), answer.reasonPhrase()))
                .body());
    return TransportResponse.builder()
        .status(answer)
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, Replies.JSON)
        .keepAlive(false)
        .entity(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
