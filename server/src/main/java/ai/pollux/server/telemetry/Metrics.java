package ai.pollux.server.telemetry;

import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Part;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** What is counted of requests. */
final class Metrics {
  /** Seconds: from what a cache answers to what a person gives up at. */
  private static final Duration[] REQUEST =
      seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300);

  private static final Duration[] FIRST_TOKEN =
      seconds(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60);
  private static final Duration[] EACH_TOKEN =
      seconds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1);

  private final AtomicInteger running = new AtomicInteger();
  private final MeterProvider<Timer> requests;
  private final MeterProvider<Timer> firstToken;
  private final MeterProvider<Timer> eachToken;
  private final MeterProvider<DistributionSummary> speed;
  private final MeterProvider<Counter> tokens;
  private final MeterProvider<Counter> media;
  private final Counter uploads;
  private final Counter uploadBytes;

  Metrics(PrometheusMeterRegistry registry) {
    Gauge.builder("pollux.requests.running", running, AtomicInteger::get)
        .description("Requests that are being answered")
        .register(registry);
    requests =
        timer("pollux.requests", "Requests, from arrival to the last byte", REQUEST)
            .withRegistry(registry);
    firstToken =
        timer("pollux.time.to.first.token", "From a request to its first token", FIRST_TOKEN)
            .withRegistry(registry);
    eachToken =
        timer("pollux.time.per.token", "From a token to the next, per request", EACH_TOKEN)
            .withRegistry(registry);
    speed =
        DistributionSummary.builder("pollux.answer.tokens.per.second")
            .description("How fast answers come, per request and candidate")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)
            .withRegistry(registry);
    tokens =
        Counter.builder("pollux.tokens")
            .description("Tokens of requests that have ended; cached ones are prompt tokens too")
            .withRegistry(registry);
    media =
        Counter.builder("pollux.media")
            .description("Media that requests showed to a model")
            .withRegistry(registry);
    uploads =
        Counter.builder("pollux.uploads").description("Files uploaded whole").register(registry);
    uploadBytes =
        Counter.builder("pollux.uploads.size")
            .description("Bytes of files uploaded whole")
            .baseUnit("bytes")
            .register(registry);
  }

  private static Timer.Builder timer(String name, String description, Duration... buckets) {
    return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
  }

  private static Duration[] seconds(double... seconds) {
    return DoubleStream.of(seconds)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
        .toArray(Duration[]::new);
  }

  void begun() {
    running.incrementAndGet();
  }

  void ended(Exchange exchange, int status) {
    running.decrementAndGet();
    requests
        .withTags("operation", exchange.call().operation(), "status", Integer.toString(status))
        .record(Duration.ofNanos(exchange.elapsedNanos()));
    exchange.generation().ifPresent(this::ended);
  }

  private void ended(Generating generation) {
    String model = generation.model();
    Usage usage = generation.usage();
    tokens.withTags("model", model, "kind", "prompt").increment(usage.prompt().total());
    tokens.withTags("model", model, "kind", "cached").increment(usage.cachedTokens());
    tokens.withTags("model", model, "kind", "answer").increment(usage.answerTokens());
    tokens.withTags("model", model, "kind", "thought").increment(usage.thoughtTokens());
    long first = generation.stats().firstTokenNanos();
    if (first >= 0) {
      firstToken.withTags("model", model).record(Duration.ofNanos(first));
    }
    generation
        .nanosPerToken()
        .ifPresent(nanos -> {
          eachToken.withTags("model", model).record(Duration.ofNanos((long) nanos));
          speed.withTags("model", model).record(1e9 / Math.max(1, nanos));
        });
    if (generation.request().prompt() instanceof Prompt.Chat chat) {
      chat.conversation().turns().stream()
          .flatMap(turn -> turn.parts().stream())
          .flatMap(part -> kind(part).stream())
          .forEach(kind -> media.withTags("kind", kind).increment());
    }
  }

  private static Optional<String> kind(Part part) {
    return switch (part) {
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ ->
          Optional.of(part.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      case Part.Text _,
          Part.Thought _,
          Part.ToolCall _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          Optional.empty();
    };
  }

  void uploaded(long bytes) {
    uploads.increment();
    uploadBytes.increment((double) bytes);
  }
}
