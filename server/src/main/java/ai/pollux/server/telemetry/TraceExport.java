package ai.pollux.server.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sends spans where <a
 * href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry's own
 * variables</a> say, by OTLP over HTTP; nowhere where they name no place. Closing it sends what is
 * left.
 */
public final class TraceExport implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  /** What holds where the environment says nothing else: only traces are ours. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "pollux",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  private final Optional<OpenTelemetrySdk> sdk;

  private TraceExport(Optional<OpenTelemetrySdk> sdk) {
    this.sdk = sdk;
  }

  /**
   * As the environment says.
   *
   * @throws RuntimeException of OpenTelemetry's, if one of its variables makes no sense
   */
  public static TraceExport of(Map<String, String> environment) {
    boolean isAsked =
        PLACES.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    if (!isAsked) {
      return new TraceExport(Optional.empty());
    }
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    environment.forEach((name, value) -> {
      if (name.startsWith("OTEL_")) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return new TraceExport(
        Optional.of(
            AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> properties)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk()));
  }

  /** Where spans go. */
  public OpenTelemetry openTelemetry() {
    return sdk.map(OpenTelemetry.class::cast).orElseGet(OpenTelemetry::noop);
  }

  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
