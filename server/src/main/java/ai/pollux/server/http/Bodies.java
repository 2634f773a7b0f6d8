package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the bodies of requests.
 *
 * @param largest the most bytes that are read
 */
record Bodies(long largest) {
  /**
   * The whole body; empty where there is none.
   *
   * @throws ApiException INVALID_ARGUMENT if it is too large
   */
  byte[] read(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, largest + 1));
      if (body.length > largest) {
        throw new ApiException(
            ApiException.Status.INVALID_ARGUMENT,
            "Request payload size exceeds the limit: %d bytes.".formatted(largest));
      }
      return body;
    }
  }
}
