package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import com.google.genai.Client;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.JobState;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Batches: many requests, answered when there is time. */
@Timeout(120)
final class BatchesIT {
  private static final String GREEDY = "\"temperature\":0,\"maxOutputTokens\":8";
  private static final String BATCH = Api.MODEL + ":batchGenerateContent";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void rowsAreAnsweredInTheirOrderEachAsIfItWereAlone() throws Exception {
    List<String> texts =
        List.of("Once upon a time", "Lily", "The cat", "A big dog", "One day", "He");
    StringBuilder rows = new StringBuilder();
    for (String text : texts) {
      rows.append(rows.isEmpty() ? "" : ",")
          .append(
              "{\"request\":%s,\"metadata\":{\"text\":\"%s\"}}"
                  .formatted(Api.request(text, GREEDY), text));
    }
    JsonNode done = await(create(BATCH, inline(rows.toString())));
    JsonNode answers = done.path("response").path("inlinedResponses").path("inlinedResponses");
    assertThat(answers.size()).isEqualTo(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      assertThat(answers.path(i).path("metadata").path("text").asString()).isEqualTo(texts.get(i));
      assertThat(Api.text(List.of(answers.path(i).path("response"))))
          .isEqualTo(api.post(Api.GENERATE, Api.request(texts.get(i), GREEDY)).text());
    }
    JsonNode metadata = done.path("metadata");
    assertThat(metadata.path("@type").asString()).endsWith("v1main.GenerateContentBatch");
    assertThat(metadata.path("state").asString()).isEqualTo("BATCH_STATE_SUCCEEDED");
    assertThat(metadata.path("batchStats").path("successfulRequestCount").asString())
        .isEqualTo("6");
    assertThat(metadata.path("output")).isEqualTo(done.path("response"));
  }

  @Test
  void aMistakeIsItsRowsOwn() throws Exception {
    JsonNode done =
        await(
            create(
                BATCH,
                inline(
                    "{\"request\":%s},{\"request\":{\"contnts\":[]}},{\"request\":%s}"
                        .formatted(Api.request("Lily", GREEDY), Api.request("", "\"topP\":2")))));
    JsonNode answers = done.path("response").path("inlinedResponses").path("inlinedResponses");
    assertThat(answers.path(0).has("response")).isTrue();
    assertThat(answers.path(1).path("error").path("code").asInt()).isEqualTo(3);
    assertThat(answers.path(1).path("error").path("message").asString()).contains("contnts");
    assertThat(answers.path(2).path("error").path("message").asString()).contains("top_p");
    assertThat(done.path("metadata").path("batchStats").path("failedRequestCount").asString())
        .isEqualTo("2");
  }

  @Test
  void aFileOfRowsGivesAFileOfAnswers() throws Exception {
    String lines =
        "{\"key\":\"a\",\"request\":%s}\n\n{\"key\":\"b\",\"request\":{}}\n"
            .formatted(Api.request("Once upon a time", GREEDY));
    String file =
        api.post(
                "/upload/v1beta/files",
                lines.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/jsonl")
            .json()
            .path("file")
            .path("name")
            .asString();
    JsonNode done =
        await(create(BATCH, "{\"batch\":{\"inputConfig\":{\"fileName\":\"%s\"}}}".formatted(file)));
    assertThat(done.path("metadata").path("inputConfig").path("fileName").asString())
        .isEqualTo(file);
    String output = done.path("response").path("responsesFile").asString();
    String[] answers = api.get("/v1beta/" + output + ":download").body().split("\n", -1);
    assertThat(answers).hasSize(3);
    assertThat(Api.parse(answers[0]).path("key").asString()).isEqualTo("a");
    assertThat(Api.text(List.of(Api.parse(answers[0]).path("response"))))
        .startsWith(", there was a little girl");
    assertThat(Api.parse(answers[1]).path("key").asString()).isEqualTo("b");
    assertThat(Api.parse(answers[1]).path("error").path("message").asString())
        .contains("contents is not specified");
  }

  @Test
  void vectorsComeInBatchesToo() throws Exception {
    String row =
        "{\"request\":{\"content\":{\"parts\":[{\"text\":\"Lily\"}]},\"outputDimensionality\":4}}";
    JsonNode done = await(create(Api.MODEL + ":asyncBatchEmbedContent", inline(row)));
    assertThat(done.path("metadata").path("@type").asString()).endsWith("EmbedContentBatch");
    assertThat(
            done.path("response")
                .path("inlinedResponses")
                .path("inlinedResponses")
                .path(0)
                .path("response")
                .path("embedding")
                .path("values")
                .size())
        .isEqualTo(4);
  }

  @Test
  void aBatchIsCancelledListedAndDeleted() throws Exception {
    String row = "{\"request\":%s}".formatted(Api.request("Once", "\"maxOutputTokens\":400"));
    JsonNode made = create(BATCH, inline(String.join(",", Collections.nCopies(200, row))));
    String name = made.path("name").asString();
    assertThat(made.path("done").asBoolean()).isFalse();
    assertThat(api.call("POST", "/v1beta/" + name + ":cancel").status()).isEqualTo(200);
    JsonNode cancelled = api.get("/v1beta/" + name).json();
    assertThat(cancelled.path("metadata").path("state").asString())
        .isEqualTo("BATCH_STATE_CANCELLED");
    assertThat(cancelled.path("done").asBoolean()).isTrue();
    assertThat(cancelled.path("error").path("code").asInt()).isEqualTo(1);
    assertThat(api.get("/v1beta/batches").json().path("operations").valueStream())
        .anyMatch(each -> each.path("name").asString().equals(name));
    assertThat(api.call("DELETE", "/v1beta/" + name).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/" + name).status()).isEqualTo(404);
  }

  @Test
  void whoAsksDirectlyDoesNotWaitForABatch() throws Exception {
    String row =
        "{\"request\":%s}"
            .formatted(Api.request("Once", "\"temperature\":0,\"maxOutputTokens\":200"));
    String name =
        create(BATCH, inline(String.join(",", Collections.nCopies(100, row))))
            .path("name")
            .asString();
    for (int i = 0; i < 5; i++) {
      assertThat(api.post(Api.GENERATE, Api.request("Lily", GREEDY)).status()).isEqualTo(200);
    }
    assertThat(api.get("/v1beta/" + name).json().path("done").asBoolean())
        .as("five answers came before a hundred")
        .isFalse();
    api.call("DELETE", "/v1beta/" + name);
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(api.post(BATCH, "{}").error()).contains("batch.input_config: expected requests");
    assertThat(api.post(BATCH, inline("")).error()).contains("found neither");
    assertThat(api.post(BATCH, inline("{\"metadata\":{}}")).error())
        .contains("requests[0]: expected an object \"request\"");
    assertThat(
            api.post(BATCH, "{\"batch\":{\"inputConfig\":{\"fileName\":\"files/none\"}}}").error())
        .contains("files/none does not exist");
    String broken =
        api.post("/upload/v1beta/files", "{\"key\":1\n".getBytes(StandardCharsets.UTF_8))
            .json()
            .path("file")
            .path("name")
            .asString();
    assertThat(
            api.post(BATCH, "{\"batch\":{\"inputConfig\":{\"fileName\":\"%s\"}}}".formatted(broken))
                .error())
        .contains(broken + ", line 1:");
  }

  @Test
  void googlesSdkRunsBatches() throws Exception {
    try (Client client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build()) {
      InlinedRequest request =
          InlinedRequest.builder()
              .contents(
                  List.of(
                      Content.builder()
                          .role("user")
                          .parts(Part.fromText("Once upon a time"))
                          .build()))
              .config(GenerateContentConfig.builder().temperature(0f).maxOutputTokens(8).build())
              .build();
      BatchJob job =
          await(
              client,
              client.batches.create(
                  "stories260K",
                  BatchJobSource.builder().inlinedRequests(List.of(request)).build(),
                  null));
      assertThat(
              job.dest()
                  .orElseThrow()
                  .inlinedResponses()
                  .orElseThrow()
                  .getFirst()
                  .response()
                  .orElseThrow()
                  .text())
          .startsWith(", there was a little girl");
      File file =
          client.files.upload(
              "{\"key\":\"a\",\"request\":%s}"
                  .formatted(Api.request("Lily", GREEDY))
                  .getBytes(StandardCharsets.UTF_8),
              UploadFileConfig.builder().mimeType("application/jsonl").build());
      BatchJob ofFile =
          await(
              client,
              client.batches.create(
                  "stories260K",
                  BatchJobSource.builder().fileName(file.name().orElseThrow()).build(),
                  null));
      assertThat(ofFile.dest().orElseThrow().fileName().orElseThrow()).startsWith("files/batch-");
    }
  }

  private static BatchJob await(Client client, BatchJob job) throws Exception {
    BatchJob now = job;
    while (now.state().orElseThrow().knownEnum() != JobState.Known.JOB_STATE_SUCCEEDED) {
      assertThat(now.error()).isEmpty();
      Thread.sleep(50);
      now = client.batches.get(job.name().orElseThrow(), null);
    }
    return now;
  }

  private static JsonNode create(String path, String body) throws Exception {
    Reply reply = api.post(path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().path("name").asString()).startsWith("batches/");
    return reply.json();
  }

  private static JsonNode await(JsonNode batch) throws Exception {
    JsonNode now = batch;
    while (!now.path("done").asBoolean()) {
      Thread.sleep(50);
      now = api.get("/v1beta/" + batch.path("name").asString()).json();
    }
    return now;
  }

  private static String inline(String rows) {
    return "{\"batch\":{\"displayName\":\"mine\",\"inputConfig\":{\"requests\":{\"requests\":[%s]}}}}"
        .formatted(rows);
  }
}
