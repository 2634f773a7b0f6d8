package ai.pollux.cli;

import ai.pollux.server.telemetry.TelemetryOptions;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a server is run: what it tells of itself, and how it ends. */
final class OperationFlags {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings in YAML, flags' names as keys (default: pollux.yaml here, if there is one). Also from POLLUX_CONFIG.")
  @Nullable Path config;

  @Option(
      names = "--drain-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long running requests may take to finish after SIGTERM (default: ${DEFAULT-VALUE}).")
  int drainSeconds;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); on standard error.")
  Logs.Format logFormat = Logs.Format.text;

  @Option(
      names = "--no-access-log",
      fallbackValue = "true",
      description = "Write no line for each request.")
  boolean noAccessLog;

  @Option(
      names = "--request-log-days",
      paramLabel = "DAYS",
      defaultValue = "30",
      description =
          "How long the database remembers who asked when, without content; 0 for not at all (default: ${DEFAULT-VALUE}).")
  int requestLogDays;

  @Option(
      names = "--log-content",
      fallbackValue = "true",
      description = "Show in log and traces what people and the model write.")
  boolean logContent;

  @Option(
      names = "--metrics-open",
      fallbackValue = "true",
      description = "Tell /metrics without a key.")
  boolean metricsOpen;

  Duration drain() {
    if (drainSeconds < 0) {
      throw new IllegalArgumentException(
          "--drain-timeout: expected seconds from 0, found " + drainSeconds);
    }
    return Duration.ofSeconds(drainSeconds);
  }

  Duration requestLog() {
    if (requestLogDays < 0) {
      throw new IllegalArgumentException(
          "--request-log-days: expected days from 0, found " + requestLogDays);
    }
    return Duration.ofDays(requestLogDays);
  }

  void startLog() {
    Logs.start(logFormat, !noAccessLog);
  }

  TelemetryOptions telemetry(OpenTelemetry traces) {
    return new TelemetryOptions(!noAccessLog, logContent, metricsOpen, traces);
  }
}
