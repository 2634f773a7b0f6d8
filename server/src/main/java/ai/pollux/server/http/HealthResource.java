package ai.pollux.server.http;

import ai.pollux.server.openapi.Endpoint;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * For those who watch over the process: {@code /healthz}, whether it lives, {@code /readyz},
 * whether requests should be sent to it.
 */
final class HealthResource implements Resource {
  private static final String LIVE = "/healthz";
  private static final String READY = "/readyz";

  private final LoadedModels models;
  private final Gate gate;

  HealthResource(LoadedModels models, Gate gate) {
    this.models = models;
    this.gate = gate;
  }

  /** What is told. */
  record Health(String status) {}

  @Override
  public boolean owns(String path) {
    return path.equals(LIVE) || path.equals(READY);
  }

  @Override
  public boolean isOpen(ServerRequest request) {
    return true;
  }

  @Override
  public boolean servesAlways() {
    return true;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of("GET", LIVE, "health.live", "Whether the process lives.")
            .gives(Health.class)
            .withoutKey(),
        Endpoint.of(
                "GET",
                READY,
                "health.ready",
                "Whether requests should be sent: 503 while models are loaded and while the server ends.")
            .gives(Health.class)
            .withoutKey());
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) {
    if (request.path().path().equals(LIVE)) {
      Replies.json(request, response, new Health("live"));
    } else if (gate.isClosed()) {
      refuse(request, response, "draining");
    } else if (models.find().isEmpty()) {
      refuse(request, response, "loading");
    } else {
      Replies.json(request, response, new Health("ready"));
    }
  }

  private static void refuse(ServerRequest request, ServerResponse response, String why) {
    response.status(Status.SERVICE_UNAVAILABLE_503);
    Replies.json(request, response, new Health(why));
  }
}
