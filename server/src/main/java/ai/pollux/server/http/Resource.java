package ai.pollux.server.http;

import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.state.Role;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;

/** A part of the API, told by its paths. */
interface Resource {
  /** Whether requests for this decoded path are of this part. */
  boolean owns(String path);

  /** Whether a request needs no key, because it carries another proof or tells nothing. */
  default boolean isOpen(ServerRequest request) {
    return false;
  }

  /** What a caller must be allowed to do. */
  default Role least(ServerRequest request) {
    Method method = request.prologue().method();
    return method.equals(Method.GET) || method.equals(Method.HEAD) ? Role.VIEWER : Role.DEVELOPER;
  }

  /** Whether the audit log names each request: all that touches data or settings. */
  default boolean isAudited() {
    return true;
  }

  /** Whether quotas count a request. */
  default boolean isMetered(ServerRequest request) {
    return false;
  }

  /** Answers a request for a path of its own that failed, before anything was sent. */
  default void fail(ServerRequest request, ServerResponse response, Throwable failure) {
    Replies.error(request, response, failure);
  }

  /** Whether requests are answered also while the server ends, and are nothing to count or log. */
  default boolean servesAlways() {
    return false;
  }

  /**
   * What can be asked for: for {@code /openapi.json}, and as names of requests in metrics, logs and
   * traces.
   */
  default List<Endpoint> endpoints() {
    return List.of();
  }

  /**
   * Answers a request for a path of its own.
   *
   * @throws ai.pollux.server.gemini.ApiException what the client gets as an error
   */
  void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException;
}
