package ai.pollux.server.telemetry;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Usage;
import ai.pollux.engine.sample.Sampling;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The spans of a request: one of HTTP and, where a model answers, one of <a
 * href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">generative AI</a> below
 * it.
 */
final class Spans {
  private static final String PROVIDER = "pollux";
  private static final TextMapGetter<Map<String, String>> HEADERS =
      (headers, name) -> headers == null ? null : headers.get(name);

  private final Tracer tracer;
  private final Context parent;
  private final Span http;
  private Span model = Span.getInvalid();

  Spans(Tracer tracer, Call call) {
    this.tracer = tracer;
    Context caller =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), call.trace(), HEADERS);
    http =
        tracer
            .spanBuilder(call.method() + " " + call.operation())
            .setParent(caller)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", call.method())
            .setAttribute("url.path", call.path())
            .setAttribute("pollux.request.id", call.id())
            .startSpan();
    parent = caller.with(http);
  }

  /** The id of the trace; empty where there is none. */
  String traceId() {
    return http.getSpanContext().isValid() ? http.getSpanContext().getTraceId() : "";
  }

  void generates(String askedModel, String servedModel, AnswerRequest request) {
    Sampling sampling = request.sampling();
    model =
        tracer
            .spanBuilder("generate_content " + askedModel)
            .setParent(parent)
            .setSpanKind(SpanKind.INTERNAL)
            .setAttribute("gen_ai.operation.name", "generate_content")
            .setAttribute("gen_ai.provider.name", PROVIDER)
            .setAttribute("gen_ai.request.model", askedModel)
            .setAttribute("gen_ai.response.model", servedModel)
            .setAttribute("gen_ai.request.choice.count", request.candidates())
            .setAttribute("gen_ai.request.temperature", decimal(sampling.temperature()))
            .setAttribute("gen_ai.request.top_p", decimal(sampling.topP()))
            .setAttribute("gen_ai.request.top_k", decimal(sampling.topK()))
            .setAttribute("gen_ai.request.presence_penalty", decimal(sampling.presencePenalty()))
            .setAttribute("gen_ai.request.frequency_penalty", decimal(sampling.frequencyPenalty()))
            .startSpan();
    request.maxTokens().ifPresent(most -> model.setAttribute("gen_ai.request.max_tokens", most));
    sampling.seed().ifPresent(seed -> model.setAttribute("gen_ai.request.seed", seed));
  }

  void end(Exchange exchange, int status) {
    exchange.generation().ifPresent(this::describe);
    if (!exchange.askedContent().isEmpty()) {
      model.setAttribute("pollux.request.content", exchange.askedContent());
    }
    if (!exchange.saidContent().isEmpty()) {
      model.setAttribute("pollux.response.content", exchange.saidContent());
    }
    http.setAttribute("http.response.status_code", status);
    if (!exchange.failure().isEmpty()) {
      for (Span span : List.of(model, http)) {
        span.setAttribute("error.type", exchange.failure());
      }
      model.setStatus(StatusCode.ERROR);
      if (status >= 500 || status == 200) { // What the client did wrong is no error of a server.
        http.setStatus(StatusCode.ERROR);
      }
    }
    model.end();
    http.end();
  }

  /** As it was written: 0.1f is not 0.1. */
  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private void describe(Generating generation) {
    Usage usage = generation.usage();
    model
        .setAttribute("gen_ai.usage.input_tokens", usage.prompt().total())
        .setAttribute("gen_ai.usage.output_tokens", usage.answerTokens() + usage.thoughtTokens())
        .setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cachedTokens())
        .setAttribute(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"),
            generation.answer().reasons().stream()
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .toList());
    long first = generation.stats().firstTokenNanos();
    if (first >= 0) {
      model.setAttribute("pollux.time_to_first_token_seconds", first / 1e9);
    }
  }
}
