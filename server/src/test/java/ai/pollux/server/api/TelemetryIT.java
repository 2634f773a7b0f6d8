package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.telemetry.TelemetryOptions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Metrics and traces of real requests. */
final class TelemetryIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();

  @AfterEach
  void close() {
    sdk.close();
  }

  private RunningServer server(boolean logsContent) {
    return RunningServer.stories(
        ServerOptions.local(0, RunningServer.folder()),
        new TelemetryOptions(false, logsContent, true, sdk));
  }

  @Test
  void metricsCountWhatWasDone() throws Exception {
    try (RunningServer server = server(false)) {
      Api api = new Api(server.url());
      String request =
          Api.request("Once upon a time there was a girl. ".repeat(6), "\"maxOutputTokens\":6");
      long prompt =
          api.post(Api.GENERATE, request).json().at("/usageMetadata/promptTokenCount").asLong();
      Reply again = api.post(Api.STREAM, request);
      assertThat(again.status()).isEqualTo(200);
      api.get("/v1beta/models/none");
      api.get("/v1beta/models/" + "x".repeat(30) + ":made-up");
      api.post("/upload/v1beta/files", "12345", "Content-Type", "text/plain");

      String metrics = settled(api, "pollux_requests_seconds_count{operation=\"media.upload\"");

      assertThat(metrics)
          .contains(
              "pollux_requests_seconds_count{operation=\"models.generateContent\",status=\"200\"} 1",
              "pollux_requests_seconds_count{operation=\"models.streamGenerateContent\",status=\"200\"} 1",
              "pollux_requests_seconds_bucket{operation=\"models.generateContent\",status=\"200\",le=\"0.005\"}",
              "pollux_requests_running 1.0", // the one that asks
              "pollux_uploads_total 1.0",
              "pollux_uploads_size_bytes_total 5.0",
              "pollux_time_to_first_token_seconds_count{model=\"stories260K\"} 2",
              "pollux_time_per_token_seconds_count{model=\"stories260K\"} 2",
              "pollux_answer_tokens_per_second_count{model=\"stories260K\"} 2",
              "pollux_tokens_total{kind=\"prompt\",model=\"stories260K\"} " + (2.0 * prompt),
              "pollux_tokens_total{kind=\"answer\",model=\"stories260K\"} 12.0",
              "pollux_engine_running{model=\"stories260K\"} 0.0",
              "pollux_engine_waiting{model=\"stories260K\"} 0.0",
              "pollux_engine_batch_sequences{model=\"stories260K\"} 0.0",
              "pollux_engine_cache_use{model=\"stories260K\"} 0.0",
              "pollux_engine_sampled_tokens_total{model=\"stories260K\"} 12.0",
              "jvm_memory_used_bytes",
              "jvm_gc_");
      assertThat(number(metrics, "pollux_engine_cached_tokens_total{model=\"stories260K\"}"))
          .isPositive()
          .isEqualTo(number(metrics, "pollux_tokens_total{kind=\"cached\",model=\"stories260K\"}"));
      assertThat(number(metrics, "pollux_engine_steps_total{model=\"stories260K\"}"))
          .isPositive()
          .isEqualTo(number(metrics, "pollux_engine_step_sequences_total{model=\"stories260K\"}"));
      assertThat(metrics).as("names that clients make up").doesNotContain("made-up", "xxx");
    }
  }

  @Test
  void mediaAreCountedByKind() throws Exception {
    try (RunningServer server = RunningServer.seeing()) {
      Api api = new Api(server.url());
      String picture =
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
      Reply reply =
          api.post(
              "/v1beta/models/gemini-pro:generateContent",
              """
              {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": "%s"}}, {"text": "What?"}]}],
               "generationConfig": {"maxOutputTokens": 2}}
              """
                  .formatted(picture));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(settled(api, "pollux_media_total"))
          .contains("pollux_media_total{kind=\"image\"} 1.0");
    }
  }

  @Test
  void spansHaveTheNamesOfGenerativeAiAndTheCallersTrace() throws Exception {
    try (RunningServer server = server(false)) {
      Api api = new Api(server.url());
      Reply reply =
          api.post(
              "/v1beta/models/gemini-pro:generateContent?key=not-to-be-seen",
              Api.request("Once upon", "\"maxOutputTokens\":4,\"temperature\":0.1,\"seed\":7"),
              "traceparent",
              "00-%s-%s-01".formatted(TRACE, CALLER));
      assertThat(reply.header("x-request-id")).matches("[0-9a-f]{16}");

      List<SpanData> told = finished(2);
      SpanData model = told.getFirst();
      SpanData http = told.getLast();
      assertThat(http.getName()).isEqualTo("POST models.generateContent");
      assertThat(http.getKind()).isEqualTo(SpanKind.SERVER);
      assertThat(http.getTraceId()).isEqualTo(TRACE);
      assertThat(http.getParentSpanId()).isEqualTo(CALLER);
      assertThat(http.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
          .isEqualTo(200);
      assertThat(model.getName()).isEqualTo("generate_content gemini-pro");
      assertThat(model.getParentSpanId()).isEqualTo(http.getSpanId());
      var usage = reply.json().path("usageMetadata");
      assertThat(model.getAttributes().asMap())
          .containsEntry(AttributeKey.stringKey("gen_ai.operation.name"), "generate_content")
          .containsEntry(AttributeKey.stringKey("gen_ai.provider.name"), "pollux")
          .containsEntry(AttributeKey.stringKey("gen_ai.request.model"), "gemini-pro")
          .containsEntry(AttributeKey.stringKey("gen_ai.response.model"), "stories260K")
          .containsEntry(AttributeKey.doubleKey("gen_ai.request.temperature"), 0.1)
          .containsEntry(AttributeKey.longKey("gen_ai.request.max_tokens"), 4L)
          .containsEntry(AttributeKey.longKey("gen_ai.request.seed"), 7L)
          .containsEntry(
              AttributeKey.longKey("gen_ai.usage.input_tokens"),
              usage.path("promptTokenCount").asLong())
          .containsEntry(
              AttributeKey.longKey("gen_ai.usage.output_tokens"),
              usage.path("candidatesTokenCount").asLong())
          .containsEntry(
              AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("max_tokens"));
      assertThat(told.toString()).doesNotContain("Once", "not-to-be-seen", reply.text().strip());
    }
  }

  @Test
  void contentIsInSpansOnlyWhereItIsAskedFor() throws Exception {
    try (RunningServer server = server(true)) {
      Reply reply =
          new Api(server.url()).post(Api.STREAM, Api.request("Once upon", "\"maxOutputTokens\":4"));
      SpanData model = finished(2).getFirst();
      assertThat(model.getAttributes().get(AttributeKey.stringKey("pollux.request.content")))
          .contains("Once upon");
      assertThat(model.getAttributes().get(AttributeKey.stringKey("pollux.response.content")))
          .contains(reply.events().getFirst().at("/candidates/0/content/parts/0/text").asString());
    }
  }

  @Test
  void aRefusedRequestIsNoErrorOfTheServer() throws Exception {
    try (RunningServer server = server(false)) {
      new Api(server.url()).post(Api.GENERATE, "{}");
      SpanData http = finished(1).getFirst();
      assertThat(http.getStatus()).isEqualTo(StatusData.unset());
      assertThat(http.getAttributes().get(AttributeKey.stringKey("error.type")))
          .isEqualTo("INVALID_ARGUMENT");
    }
  }

  @Test
  void anIdOfTheClientsIsKeptWhereItIsFit() throws Exception {
    try (RunningServer server = server(false)) {
      Api api = new Api(server.url());
      assertThat(api.get("/healthz", "x-request-id", "abc-1").header("x-request-id"))
          .isEqualTo("abc-1");
      assertThat(api.get("/healthz", "x-request-id", "a b\t{").header("x-request-id"))
          .matches("[0-9a-f]{16}");
      assertThat(api.get("/nowhere", "x-request-id", "abc-2").header("x-request-id"))
          .as("of a failed request")
          .isEqualTo("abc-2");
    }
  }

  /** A span ends a moment after its response. */
  private List<SpanData> finished(int count) throws InterruptedException {
    for (int i = 0; i < 1000 && spans.getFinishedSpanItems().size() < count; i++) {
      Thread.sleep(5);
    }
    assertThat(spans.getFinishedSpanItems()).hasSize(count);
    return spans.getFinishedSpanItems();
  }

  /** The metrics, as soon as they have a line: a request is counted a moment after its response. */
  private static String settled(Api api, String line) throws Exception {
    String metrics = api.get("/metrics").body();
    for (int i = 0; i < 1000 && !metrics.contains(line); i++) {
      Thread.sleep(5);
      metrics = api.get("/metrics").body();
    }
    return metrics;
  }

  private static double number(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + metrics));
  }
}
