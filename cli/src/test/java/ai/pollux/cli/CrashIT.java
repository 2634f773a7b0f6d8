package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server that is killed at random moments, fifty times, while it takes uploads, batches and
 * cached contents and answers batches: what it acknowledged is there afterwards, and every row of
 * every batch has one answer.
 */
final class CrashIT {
  private static final int KILLS = 50;
  private static final int LONGEST_LIFE_MILLIS = 1500;
  private static final String MODEL = "/v1beta/models/stories260K";
  private static final int ROWS = 3;

  /** So many of each that most kills had something to lose. */
  private static final int LEAST = 20;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What was acknowledged: names of files, with their content; of batches; of contents. */
  private final Map<String, String> files = new ConcurrentHashMap<>();

  private final Map<String, String> batches = new ConcurrentHashMap<>();
  private final Map<String, String> caches = new ConcurrentHashMap<>();

  @TempDir Path data;

  @Test
  @Timeout(600)
  void whatWasAcknowledgedOutlivesKills() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int kill = 0; kill < KILLS; kill++) {
      try (ServerProcess server = start()) {
        List<Thread> clients = new ArrayList<>();
        int round = kill;
        clients.add(Thread.ofVirtual().start(() -> upload(server.url(), round)));
        clients.add(Thread.ofVirtual().start(() -> orderBatches(server.url(), round)));
        clients.add(Thread.ofVirtual().start(() -> cache(server.url(), round)));
        Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        server.kill();
        for (Thread each : clients) {
          each.join();
        }
      }
    }
    assertThat(files).as("kills left time for uploads").hasSizeGreaterThan(LEAST);
    assertThat(batches).as("and for batches").hasSizeGreaterThan(LEAST);
    assertThat(caches).as("and for contents").hasSizeGreaterThan(LEAST);
    try (ServerProcess server = start()) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        assertThat(get(server.url() + "/v1beta/" + file.getKey() + ":download"))
            .isEqualTo(file.getValue());
      }
      for (String name : caches.keySet()) {
        assertThat(json(get(server.url() + "/v1beta/" + name)).path("name").asString())
            .isEqualTo(name);
      }
      checkBatches(server.url());
    }
  }

  private ServerProcess start() throws IOException {
    return new ServerProcess(
        data, "--model", TestFiles.data("weights/stories260K/stories260K.bin").toString());
  }

  private void checkBatches(String url) throws Exception {
    Map<String, String> first = new LinkedHashMap<>();
    for (String name : batches.keySet()) {
      JsonNode batch = json(get(url + "/v1beta/" + name));
      while (!batch.path("done").asBoolean()) {
        Thread.sleep(50);
        batch = json(get(url + "/v1beta/" + name));
      }
      assertThat(batch.path("metadata").path("state").asString())
          .isEqualTo("BATCH_STATE_SUCCEEDED");
      JsonNode answers = batch.path("response").path("inlinedResponses").path("inlinedResponses");
      assertThat(answers.size()).isEqualTo(ROWS);
      for (int row = 0; row < ROWS; row++) {
        assertThat(answers.path(row).path("metadata").path("row").asInt()).isEqualTo(row);
        JsonNode candidate = answers.path(row).path("response").path("candidates").path(0);
        String text = candidate.at("/content/parts/0/text").asString();
        // Every batch asks the same, greedily.
        assertThat(first.computeIfAbsent("row " + row, _ -> text)).isEqualTo(text);
      }
    }
  }

  private void upload(String url, int round) {
    until(i -> {
      String content = "round %d, upload %d ".formatted(round, i).repeat(5_000);
      JsonNode file =
          json(post(url + "/upload/v1beta/files", content, "Content-Type", "text/plain"))
              .path("file");
      files.put(file.path("name").asString(), content);
    });
  }

  private void orderBatches(String url, int round) {
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      rows.append(row == 0 ? "" : ",")
          .append(
              """
              {"metadata": {"row": %d}, "request": {"contents": [{"parts": [{"text": "Row %d"}]}],
               "generationConfig": {"temperature": 0, "maxOutputTokens": 20}}}\
              """
                  .formatted(row, row));
    }
    String body =
        "{\"batch\":{\"displayName\":\"%d\",\"inputConfig\":{\"requests\":{\"requests\":[%s]}}}}"
            .formatted(round, rows);
    until(_ -> {
      JsonNode batch = json(post(url + MODEL + ":batchGenerateContent", body));
      batches.put(batch.path("name").asString(), "");
      Thread.sleep(30); // else there are more than anyone could answer
    });
  }

  private void cache(String url, int round) {
    until(i -> {
      JsonNode cache =
          json(
              post(
                  url + "/v1beta/cachedContents",
                  """
                  {"model": "models/stories260K", "ttl": "7200s",
                   "contents": [{"parts": [{"text": "round %d, content %d"}]}]}\
                  """
                      .formatted(round, i)));
      caches.put(cache.path("name").asString(), "");
    });
  }

  /** What is done again and again until the server is gone. */
  private interface Deed {
    void done(int number) throws IOException, InterruptedException;
  }

  private static void until(Deed deed) {
    try {
      for (int i = 0; ; i++) {
        deed.done(i);
      }
    } catch (IOException e) {
      // The server was killed: this one was not acknowledged.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).GET().build());
  }

  private String post(String url, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(
        request.POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)).build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
