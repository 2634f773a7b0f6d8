package ai.pollux.server.telemetry;

import io.opentelemetry.api.OpenTelemetry;

/**
 * What a server tells of itself, and to whom.
 *
 * @param logsRequests whether every request gives a line of the log
 * @param logsContent whether log and traces show what people and the model wrote
 * @param opensMetrics whether metrics are told without a key
 * @param traces where spans go
 */
public record TelemetryOptions(
    boolean logsRequests, boolean logsContent, boolean opensMetrics, OpenTelemetry traces) {
  /** Metrics for who asks, with a key where there are keys. */
  public static final TelemetryOptions QUIET =
      new TelemetryOptions(false, false, false, OpenTelemetry.noop());
}
