package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Whether the server lives, is ready, and ends in order. */
@Timeout(60)
final class HealthIT {
  /** A second or so on the machines this was written on: long enough to be met while it runs. */
  private static final String LONG =
      Api.request(
          "Once", "\"temperature\":1,\"seed\":1,\"maxOutputTokens\":480,\"candidateCount\":8");

  @Test
  void isLiveAtOnceAndReadyWithItsModels() throws Exception {
    try (GeminiServer server = new GeminiServer(ServerOptions.local(0, RunningServer.folder()))) {
      Api api = new Api(server.url().toString());
      assertThat(api.get("/healthz").json().path("status").asString()).isEqualTo("live");
      Reply loading = api.get("/readyz");
      assertThat(loading.status()).isEqualTo(503);
      assertThat(loading.json().path("status").asString()).isEqualTo("loading");
      Reply early = api.get("/v1beta/models");
      assertThat(early.status()).isEqualTo(503);
      assertThat(early.header("Retry-After")).isEqualTo("2");
    }
    try (RunningServer server = RunningServer.stories()) {
      Reply ready = new Api(server.url()).get("/readyz");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.json().path("status").asString()).isEqualTo("ready");
    }
  }

  @Test
  void neitherNeedsAKey() throws Exception {
    try (RunningServer server = RunningServer.stories(withKey())) {
      Api api = new Api(server.url());
      assertThat(api.get("/healthz").status()).isEqualTo(200);
      assertThat(api.get("/readyz").status()).isEqualTo(200);
      assertThat(api.get("/openapi.json").status()).isEqualTo(200);
      assertThat(api.get("/metrics").status()).isEqualTo(403);
      assertThat(api.get("/metrics", "x-goog-api-key", "secret").status()).isEqualTo(200);
    }
  }

  @Test
  void runningRequestsFinishWhileNewOnesAreSentAway() throws Exception {
    try (RunningServer server = RunningServer.stories();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = new Api(server.url());
      String whole = api.post(Api.STREAM, LONG).body();
      awaitIdle(server);
      Future<Reply> running = threads.submit(() -> api.post(Api.STREAM, LONG));
      awaitRunning(server);

      assertThat(server.server().stopTaking()).isEqualTo(1);
      Reply refused = api.post(Api.GENERATE, LONG);
      Reply ready = api.get("/readyz");
      int cut = server.server().drain(Duration.ofSeconds(30));

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("2");
      assertThat(refused.error()).contains("shutting down");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().path("status").asString()).isEqualTo("draining");
      assertThat(api.get("/healthz").status()).isEqualTo(200);
      assertThat(cut).isZero();
      assertThat(Api.text(running.get().events())).isEqualTo(text(whole));
    }
  }

  @Test
  void whatTakesTooLongIsCutShortAndSaysSo() throws Exception {
    try (RunningServer server = RunningServer.stories();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = new Api(server.url());
      Future<Reply> running = threads.submit(() -> api.post(Api.STREAM, LONG));
      awaitRunning(server);

      server.server().stopTaking();
      assertThat(server.server().drain(Duration.ZERO)).isEqualTo(1);

      List<JsonNode> events = running.get().events();
      assertThat(events)
          .anySatisfy(event ->
              assertThat(event.findValuesAsString("finishReason")).containsExactly("OTHER"));
    }
  }

  private static String text(String body) {
    return Api.text(
        List.of(body.split("\r\n\r\n", -1)).stream()
            .filter(event -> event.startsWith("data: "))
            .map(event -> Api.parse(event.substring(6)))
            .toList());
  }

  /** An answer is whole a moment before the engine's counts say so. */
  private static void awaitIdle(RunningServer server) throws InterruptedException {
    while (server.assistant().stats().running() > 0) {
      Thread.sleep(1);
    }
  }

  private static void awaitRunning(RunningServer server) throws InterruptedException {
    while (server.assistant().stats().running() == 0) {
      Thread.sleep(1);
    }
  }

  private static ServerOptions withKey() {
    return ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("secret"));
  }
}
