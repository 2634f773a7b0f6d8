package ai.pollux.server.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for every request, with its numbers as fields too. Queries, headers and bodies are not in
 * it: keys and addresses of uploads stand there.
 */
final class AccessLog {
  /** What it is called in a configuration of logs. */
  static final String NAME = "ai.pollux.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private AccessLog() {}

  static void write(Exchange exchange, int status) {
    Call call = exchange.call();
    double millis = millis(exchange.elapsedNanos());
    StringBuilder line = new StringBuilder();
    line.append("%s %s %d, %.1f ms".formatted(call.method(), call.path(), status, millis));
    LoggingEventBuilder event =
        LOG.atInfo()
            .addKeyValue("requestId", call.id())
            .addKeyValue("operation", call.operation())
            .addKeyValue("method", call.method())
            .addKeyValue("path", call.path())
            .addKeyValue("status", status)
            .addKeyValue("durationMillis", millis);
    String trace = exchange.spans().traceId();
    if (!trace.isEmpty()) {
      event = event.addKeyValue("traceId", trace);
    }
    if (!exchange.failure().isEmpty()) {
      event = event.addKeyValue("error", exchange.failure());
      line.append(", ").append(exchange.failure());
    }
    Generating generation = exchange.generation().orElse(null);
    if (generation != null) {
      event = add(event, generation, line);
    }
    if (!exchange.askedContent().isEmpty()) {
      event = event.addKeyValue("requestContent", exchange.askedContent());
    }
    if (!exchange.saidContent().isEmpty()) {
      event = event.addKeyValue("responseContent", exchange.saidContent());
    }
    event.log(line.append(", ").append(call.id()).toString());
  }

  private static LoggingEventBuilder add(
      LoggingEventBuilder event, Generating generation, StringBuilder line) {
    var usage = generation.usage();
    line.append(", %d + %d tokens".formatted(usage.prompt().total(), usage.answerTokens()));
    LoggingEventBuilder more =
        event
            .addKeyValue("model", generation.model())
            .addKeyValue("promptTokens", usage.prompt().total())
            .addKeyValue("cachedTokens", usage.cachedTokens())
            .addKeyValue("answerTokens", usage.answerTokens())
            .addKeyValue("thoughtTokens", usage.thoughtTokens());
    long first = generation.stats().firstTokenNanos();
    return first < 0 ? more : more.addKeyValue("firstTokenMillis", millis(first));
  }

  /** Three digits behind the point are enough. */
  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
