package ai.pollux.server.http;

import ai.pollux.server.openapi.Endpoint;
import ai.pollux.server.openapi.Payload;
import ai.pollux.server.telemetry.Telemetry;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** {@code /metrics}, for Prometheus. */
final class MetricsResource implements Resource {
  private static final String PATH = "/metrics";
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Telemetry telemetry;

  MetricsResource(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(PATH);
  }

  @Override
  public boolean isOpen(ServerRequest request) {
    return telemetry.opensMetrics();
  }

  @Override
  public boolean servesAlways() {
    return true;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of("GET", PATH, "metrics", "Metrics in Prometheus' text format.")
            .gives(new Payload.Raw("text/plain")));
  }

  @Override
  public void serve(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, TEXT);
    response.send(telemetry.metrics());
  }
}
