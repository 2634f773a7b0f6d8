package ai.pollux.server.telemetry;

import ai.pollux.assistant.Assistant;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** Metrics, traces and the log of one server. May be used by many threads. */
public final class Telemetry implements AutoCloseable {
  private final TelemetryOptions options;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Metrics metrics = new Metrics(registry);
  private final Tracer tracer;

  public Telemetry(TelemetryOptions options) {
    this.options = options;
    tracer = options.traces().getTracer("ai.pollux.server");
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Tells of these models from now on. */
  public void serves(List<Assistant> models) {
    models.forEach(model -> new EngineMetrics(registry, model).register());
  }

  /** A request has come. {@link #end} must follow. */
  public Exchange begin(Call call) {
    metrics.begun();
    return new Exchange(call, options.logsContent(), new Spans(tracer, call));
  }

  /** A request has been answered with this status of HTTP; 499 where the client went away. */
  public void end(Exchange exchange, int status) {
    metrics.ended(exchange, status);
    exchange.spans().end(exchange, status);
    if (options.logsRequests()) {
      AccessLog.write(exchange, status);
    }
  }

  /** A file has been uploaded. */
  public void uploaded(long bytes) {
    metrics.uploaded(bytes);
  }

  /**
   * All metrics in <a
   * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text
   * format</a>.
   */
  public String metrics() {
    return registry.scrape();
  }

  /** Whether they may be told without a key. */
  public boolean opensMetrics() {
    return options.opensMetrics();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
