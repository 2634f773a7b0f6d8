package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys of the database in live sessions: roles, quotas, projects, revocation. */
final class LiveKeysIT {
  private static final String CONFIG = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":8}";
  private static final String LIVE = LiveClient.PATH + "BidiGenerateContent";

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server =
        RunningServer.gemma(
            ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("operator")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode call(String method, String path, String body) throws Exception {
    HttpResponse<String> reply =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("x-goog-api-key", "operator")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return new JsonMapper().readTree(reply.body());
  }

  private static JsonNode key(String members) throws Exception {
    return call("POST", "/admin/v1/keys", "{" + members + "}");
  }

  private static LiveClient connect(JsonNode key) {
    return new LiveClient(server.url(), LIVE, "x-goog-api-key", key.path("secret").asString());
  }

  @Test
  void aViewerMayNotTalk() throws Exception {
    try (LiveClient client = connect(key("\"project\":\"a\",\"role\":\"VIEWER\""))) {
      assertThat(client.closed())
          .isEqualTo(
              new LiveClient.Closed(
                  1008, "This API key has the role VIEWER; the call takes DEVELOPER."));
    }
  }

  @Test
  void eachAnswerCountsAgainstTheQuotas() throws Exception {
    JsonNode key = key("\"project\":\"a\",\"limits\":{\"requestsPerMinute\":2}");
    try (LiveClient client = connect(key)) {
      client.setUp("hf", CONFIG);
      client.ask("One");
      client.ask("Two");
      client.send(LiveClient.turn("Three"));
      LiveClient.Closed closed = client.closed();
      assertThat(closed.code()).isEqualTo(1011);
      assertThat(closed.reason()).startsWith("Quota exceeded for ");
    }
  }

  @Test
  void anInterruptedAnswerHasEndedBeforeTheNextBegins() throws Exception {
    JsonNode key = key("\"project\":\"a\",\"limits\":{\"concurrentRequests\":1}");
    try (LiveClient client = connect(key)) {
      client.setUp("hf", "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":200}");
      for (int i = 0; i < 10; i++) {
        client.send(LiveClient.turn("Again " + i));
      }
      for (int i = 0; i < 10; i++) {
        client.turn();
      }
    }
  }

  @Test
  void aRevokedKeyGetsNoMoreAnswersNorDoItsTokens() throws Exception {
    JsonNode key = key("\"project\":\"a\"");
    try (LiveClient client = connect(key)) {
      client.setUp("hf", CONFIG);
      client.ask("One");
      call("DELETE", "/admin/v1/keys/" + key.path("key").path("id").asString(), "");
      client.send(LiveClient.turn("Two"));
      LiveClient.Closed closed = client.closed();
      assertThat(closed.code()).isEqualTo(1008);
      assertThat(closed.reason()).startsWith("The API key ").endsWith(" was revoked.");
    }
  }

  @Test
  void handlesAreOfOneProject() throws Exception {
    String handle;
    try (LiveClient client = connect(key("\"project\":\"a\""))) {
      client.setUp("hf", CONFIG + ",\"sessionResumption\":{}");
      client.ask("Remember");
      handle = client.next().path("sessionResumptionUpdate").path("newHandle").asString();
      assertThat(handle).isNotEmpty();
    }
    String resumed = CONFIG + ",\"sessionResumption\":{\"handle\":\"" + handle + "\"}";
    try (LiveClient other = connect(key("\"project\":\"b\""))) {
      other.send("{\"setup\":{\"model\":\"models/hf\"," + resumed + "}}");
      assertThat(other.closed().reason()).startsWith("Session not found");
    }
    try (LiveClient same = connect(key("\"project\":\"a\""))) {
      same.setUp("hf", resumed);
    }
  }
}
