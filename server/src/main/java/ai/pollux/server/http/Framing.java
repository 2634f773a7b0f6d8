package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses requests whose length can be read in two ways (<a
 * href="https://www.rfc-editor.org/rfc/rfc9112#section-11.2">request smuggling</a>), and closes
 * their connections: a proxy before this server might have read the other.
 */
final class Framing implements Filter {
  private static final Pattern CLOSE = Pattern.compile("(?i)\\bclose\\b");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Connection connection = Connections.CURRENT.get();
    connection.serve();
    if (CLOSE.matcher(request.headers().first(HeaderNames.CONNECTION).orElse("")).find()) {
      connection.last();
    }
    try {
      List<String> lengths = request.headers().all(HeaderNames.CONTENT_LENGTH, List::of);
      List<String> encodings = request.headers().all(HeaderNames.TRANSFER_ENCODING, List::of);
      boolean isClear =
          encodings.isEmpty()
              ? lengths.isEmpty()
                  || (lengths.size() == 1 && LENGTH.matcher(lengths.getFirst()).matches())
              : lengths.isEmpty() && encodings.equals(List.of("chunked"));
      if (!isClear) {
        connection.refuse();
        response.header(HeaderValues.CONNECTION_CLOSE);
        Replies.error(
            request,
            response,
            new ApiException(
                ApiException.Status.INVALID_ARGUMENT,
                "Expected one Content-Length in digits or Transfer-Encoding: chunked; found Content-Length %s and Transfer-Encoding %s."
                    .formatted(lengths, encodings)));
        throw new CloseConnectionException("a request of unclear length");
      }
      chain.proceed();
    } finally {
      connection.served();
    }
  }
}
