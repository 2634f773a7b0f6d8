package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiError;
import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Endpoints;
import ai.pollux.server.openapi.OpenApi;
import ai.pollux.server.openapi.Payload;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;

/** {@code /openapi.json}: what all parts of the server speak. */
final class OpenApiResource implements Resource {
  private static final String PATH = "/openapi.json";

  private final Endpoints all;

  /** Describes these parts, and itself. */
  OpenApiResource(List<Resource> others) {
    all =
        new Endpoints(
            Stream.concat(
                    others.stream().flatMap(each -> each.endpoints().stream()),
                    endpoints().stream())
                .toList());
  }

  /** The endpoints of all parts. */
  Endpoints all() {
    return all;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public boolean isOpen(ServerRequest request) {
    return true;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of("GET", PATH, "openapi", "This document.")
            .gives(new Payload.Raw("application/json"))
            .withoutKey());
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, Replies.JSON);
    response.send(OpenApi.document(all, ApiError.Envelope.class));
  }
}
