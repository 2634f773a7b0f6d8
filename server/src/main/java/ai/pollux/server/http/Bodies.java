package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the bodies of requests.
 *
 * @param largest the most bytes that are read
 */
record Bodies(long largest) {
  /** A body may take as long to come. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Under which a body is kept beside its request. */
  private static final String KEPT = "ai.pollux.server.http.Bodies";

  /**
   * The whole body, which {@link #read} gives once more.
   *
   * @throws ApiException INVALID_ARGUMENT if it is too large
   */
  byte[] keep(ServerRequest request) throws IOException {
    byte[] body = read(request);
    request.context().register(KEPT, body);
    return body;
  }

  /**
   * The whole body; empty where there is none.
   *
   * @throws ApiException INVALID_ARGUMENT if it is too large
   */
  byte[] read(ServerRequest request) throws IOException {
    Optional<byte[]> kept = request.context().get(KEPT, byte[].class);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    if (request.headers().contentLength().orElse(0) > largest) {
      throw tooLarge();
    }
    try (Patience _ = Connections.CURRENT.get().patience(LONGEST);
        InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, largest + 1));
      if (body.length > largest) {
        throw tooLarge();
      }
      return body;
    }
  }

  private ApiException tooLarge() {
    return new ApiException(
        ApiException.Status.INVALID_ARGUMENT,
        "Request payload size exceeds the limit: %d bytes.".formatted(largest));
  }
}
