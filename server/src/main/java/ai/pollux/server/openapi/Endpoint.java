package ai.pollux.server.openapi;

import java.util.List;

/**
 * One thing that can be asked of the server.
 *
 * <pre>{@code
 * Endpoint.of("GET", "/v1beta/models/{model}", "models.get", "One model.").gives(Model.class)
 * }</pre>
 *
 * @param id what metrics, logs and clients' generators call it
 * @param method of HTTP
 * @param path with parameters in braces; {@code v1beta} in it also stands for {@code v1} and {@code
 *     v1alpha}
 * @param summary a sentence
 * @param query what may stand behind the path
 * @param request what the client sends
 * @param response what it gets with status 200
 * @param isOpen whether it needs no key
 */
public record Endpoint(
    String id,
    String method,
    String path,
    String summary,
    List<Parameter> query,
    Payload request,
    Payload response,
    boolean isOpen) {
  public Endpoint {
    query = List.copyOf(query);
  }

  /** An endpoint without bodies. */
  public static Endpoint of(String method, String path, String id, String summary) {
    return new Endpoint(
        id, method, path, summary, List.of(), new Payload.None(), new Payload.None(), false);
  }

  /** With these parameters. */
  public Endpoint asks(Parameter... parameters) {
    return new Endpoint(id, method, path, summary, List.of(parameters), request, response, isOpen);
  }

  /** With such a request body. */
  public Endpoint takes(Payload body) {
    return new Endpoint(id, method, path, summary, query, body, response, isOpen);
  }

  /** With a JSON message as its request body. */
  public Endpoint takes(Class<?> message) {
    return takes(new Payload.Json(message));
  }

  /** With such an answer. */
  public Endpoint gives(Payload body) {
    return new Endpoint(id, method, path, summary, query, request, body, isOpen);
  }

  /** With a JSON message as its answer. */
  public Endpoint gives(Class<?> message) {
    return gives(new Payload.Json(message));
  }

  /** For everybody, without a key. */
  public Endpoint withoutKey() {
    return new Endpoint(id, method, path, summary, query, request, response, true);
  }
}
