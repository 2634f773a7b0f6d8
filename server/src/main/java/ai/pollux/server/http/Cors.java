package ai.pollux.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Lets web pages call, <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">as browsers ask
 * for it</a>: pages from this machine, and from origins that were named. A page from elsewhere must
 * not use a model that listens on loopback without a key.
 */
final class Cors implements Filter {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final HeaderName REQUESTED_HEADERS =
      HeaderNames.create("Access-Control-Request-Headers");

  private final List<String> origins;

  Cors(List<String> origins) {
    this.origins = origins;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
    boolean allowed = !origin.isEmpty() && allows(origin);
    if (allowed) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      response.header(HeaderNames.VARY, "Origin");
    }
    if (request.prologue().method().equals(Method.OPTIONS)) {
      if (allowed) {
        response.header(
            HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH, DELETE, OPTIONS");
        response.header(
            HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            request.headers().first(REQUESTED_HEADERS).orElse("content-type, x-goog-api-key"));
        response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "3600");
      }
      response.status(Status.NO_CONTENT_204).send();
      return;
    }
    chain.proceed();
  }

  /** The pages that were named. */
  List<String> origins() {
    return origins;
  }

  /** Whether pages of an origin may call. */
  boolean allows(String origin) {
    if (origins.contains("*") || origins.contains(origin)) {
      return true;
    }
    try {
      String host = URI.create(origin).getHost();
      return host != null && LOOPBACK.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
