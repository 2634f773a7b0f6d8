package ai.pollux.server.telemetry;

import ai.pollux.assistant.Assistant;
import ai.pollux.engine.EngineStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What a model's engine counts, read when it is asked for. */
record EngineMetrics(MeterRegistry registry, Assistant model) {
  void register() {
    gauge("running", "Sequences that take part in steps", EngineStats::running);
    gauge("waiting", "Requests that wait for their first step", EngineStats::waiting);
    gauge("batch.sequences", "Sequences of the last step", EngineStats::lastStepSequences);
    pages("used", EngineStats::usedPages);
    pages("reusable", EngineStats::reusablePages);
    pages("free", EngineStats::freePages);
    gauge(
        "cache.use",
        "The share of the key/value cache that running sequences hold",
        stats -> (double) stats.usedPages() / pages(stats));
    counter("prompt.tokens", "Tokens of prompts that were started", EngineStats::promptTokens);
    counter(
        "cached.tokens", "Prompt tokens that were still in the cache", EngineStats::cachedTokens);
    counter("sampled.tokens", "Tokens given out", EngineStats::sampledTokens);
    counter("steps", "Runs of the model", EngineStats::steps);
    counter(
        "step.sequences",
        "Sequences of all steps: by steps, the mean batch",
        EngineStats::stepSequences);
    counter("preemptions", "Sequences that gave their pages up", EngineStats::preemptions);
    counter("encodings", "Runs of encoders of media", EngineStats::encodings);
  }

  private static int pages(EngineStats stats) {
    return Math.max(1, stats.usedPages() + stats.reusablePages() + stats.freePages());
  }

  private void gauge(String name, String description, ToDoubleFunction<EngineStats> value) {
    Gauge.builder("pollux.engine." + name, model, each -> value.applyAsDouble(each.stats()))
        .description(description)
        .tag("model", model.name())
        .register(registry);
  }

  private void pages(String state, ToDoubleFunction<EngineStats> value) {
    Gauge.builder("pollux.engine.pages", model, each -> value.applyAsDouble(each.stats()))
        .description("Pages of the key/value cache")
        .tag("model", model.name())
        .tag("state", state)
        .register(registry);
  }

  private void counter(String name, String description, ToLongFunction<EngineStats> value) {
    FunctionCounter.builder("pollux.engine." + name, model, each -> value.applyAsLong(each.stats()))
        .description(description)
        .tag("model", model.name())
        .register(registry);
  }
}
