package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets requests in that carry a known API key, in any of the places where clients put it. */
final class Access {
  private static final HeaderName API_KEY = HeaderNames.create("x-goog-api-key");

  private final List<byte[]> keys;

  Access(List<String> keys) {
    this.keys = keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Passes, or says why not.
   *
   * @throws ApiException PERMISSION_DENIED without a key, INVALID_ARGUMENT with a wrong one, as
   *     Google answers
   */
  void check(ServerRequest request) {
    check(request.headers(), request.query());
  }

  /** The same, for what is no request of Helidon's router. */
  void check(Headers headers, UriQuery query) {
    if (keys.isEmpty()) {
      return;
    }
    String key =
        keyOf(headers, query)
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.PERMISSION_DENIED,
                    "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form"
                        + " of API consumer identity to call this API."));
    byte[] given = key.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] expected : keys) {
      known |= MessageDigest.isEqual(expected, given);
    }
    if (!known) {
      throw new ApiException(
          ApiException.Status.INVALID_ARGUMENT,
          "API key not valid. Please pass a valid API key.",
          List.of(
              Map.of(
                  "@type", "type.googleapis.com/google.rpc.ErrorInfo",
                  "reason", "API_KEY_INVALID",
                  "domain", "googleapis.com",
                  "metadata", Map.of("service", "generativelanguage.googleapis.com"))));
    }
  }

  private static Optional<String> keyOf(Headers headers, UriQuery query) {
    Optional<String> header = headers.first(API_KEY).filter(key -> !key.isBlank());
    if (header.isPresent()) {
      return header;
    }
    Optional<String> parameter = query.first("key").asOptional();
    if (parameter.isPresent()) {
      return parameter;
    }
    return headers
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }
}
