package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** What a request says beside its body. */
final class Queries {
  private static final HeaderName FORWARDED_PROTO = HeaderNames.create("x-forwarded-proto");
  private static final HeaderName FORWARDED_HOST = HeaderNames.create("x-forwarded-host");

  private Queries() {}

  /**
   * A number from 0 in the query.
   *
   * @throws ApiException INVALID_ARGUMENT if it is none
   */
  static int number(ServerRequest request, String parameter, int otherwise) {
    String text = request.query().first(parameter).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like negative numbers.
    }
    throw ApiException.invalid(
        parameter, "%s: expected a number from 0, found \"%s\".".formatted(parameter, text));
  }

  /** The decoded path; empty where there is none, as in CONNECT. */
  static String path(ServerRequest request) {
    return Optional.ofNullable(request.path().path()).orElse("");
  }

  /** How the client reached this server: scheme, host and port, through proxies too. */
  static String origin(ServerRequest request) {
    String scheme =
        request.headers().first(FORWARDED_PROTO).orElse(request.isSecure() ? "https" : "http");
    String host = request.headers().first(FORWARDED_HOST).orElse(request.authority());
    return scheme + "://" + host;
  }
}
