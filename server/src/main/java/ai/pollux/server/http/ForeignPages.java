package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps web pages from elsewhere away from a server that asks for no key. A browser lets any page
 * send simple requests to 127.0.0.1, and a page whose name is changed to 127.0.0.1 behind its back
 * (<a href="https://en.wikipedia.org/wiki/DNS_rebinding">DNS rebinding</a>) may even read the
 * answers.
 *
 * @param cors which pages may call
 */
record ForeignPages(Cors cors) {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");

  /**
   * Passes what no such page can have sent.
   *
   * @throws ApiException PERMISSION_DENIED
   */
  void check(ServerRequest request) {
    List<String> origins = request.headers().all(HeaderNames.ORIGIN, List::of);
    String host = request.authority().replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    if (!origins.stream().allMatch(cors::allows) || !isOwn(host)) {
      throw new ApiException(
          ApiException.Status.PERMISSION_DENIED,
          "Without API keys this server answers web pages and names of this machine only; found Host %s and Origin %s. Allow a page by --cors-origin, or set a key by --api-key."
              .formatted(request.authority(), origins));
    }
  }

  private boolean isOwn(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || ADDRESS.matcher(host).matches()
        || cors.origins().contains("*")
        || cors.origins().stream().anyMatch(origin -> host.equals(URI.create(origin).getHost()));
  }
}
