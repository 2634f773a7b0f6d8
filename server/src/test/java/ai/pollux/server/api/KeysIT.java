package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** API keys, what they may do, and what is remembered of it. */
final class KeysIT {
  private static final String KEYS = "/admin/v1/keys";
  private static final String KEY = "x-goog-api-key";
  private static final String SHORT =
      Api.request("Once upon a time", "\"temperature\":0,\"maxOutputTokens\":4");

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("operator")));
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aKeyWorksUntilItIsRevoked() throws Exception {
    JsonNode created = create("{\"name\":\"CI\"}");
    String secret = created.path("secret").asString();
    assertThat(api.post(Api.GENERATE, SHORT, KEY, secret).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/models?key=" + secret).status()).isEqualTo(200);
    String id = created.path("key").path("id").asString();
    assertThat(api.call("DELETE", KEYS + "/" + id, KEY, "operator").status()).isEqualTo(200);
    Reply refused = api.post(Api.GENERATE, SHORT, KEY, secret);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).isEqualTo("API key not valid. Please pass a valid API key.");
    assertThat(api.call("DELETE", KEYS + "/" + id, KEY, "operator").status()).isEqualTo(404);
    Reply list = api.get(KEYS, KEY, "operator");
    assertThat(list.body()).contains(id).doesNotContain(secret);
  }

  @Test
  void rolesDecideWhatAKeyMayDo() throws Exception {
    String viewer = create("{\"role\":\"viewer\"}").path("secret").asString();
    String developer = create("{\"role\":\"DEVELOPER\"}").path("secret").asString();
    String admin = create("{\"role\":\"ADMIN\"}").path("secret").asString();
    assertThat(api.get("/v1beta/models", KEY, viewer).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/files", KEY, viewer).status()).isEqualTo(200);
    Reply refused = api.post(Api.GENERATE, SHORT, KEY, viewer);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error())
        .isEqualTo("This API key has the role VIEWER; the call takes DEVELOPER.");
    assertThat(api.post(Api.GENERATE, SHORT, KEY, developer).status()).isEqualTo(200);
    assertThat(api.get(KEYS, KEY, developer).status()).isEqualTo(403);
    assertThat(api.post(KEYS, "{\"role\":\"ADMIN\"}", KEY, developer).status()).isEqualTo(403);
    assertThat(api.get(KEYS, KEY, admin).status()).isEqualTo(200);
    assertThat(api.get(KEYS).status()).isEqualTo(403);
  }

  @Test
  void beyondAQuotaAKeyWaits() throws Exception {
    String secret = create("{\"limits\":{\"requestsPerDay\":2}}").path("secret").asString();
    assertThat(api.post(Api.GENERATE, SHORT, KEY, secret).status()).isEqualTo(200);
    assertThat(api.post(Api.STREAM, SHORT, KEY, secret).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/models", KEY, secret).status())
        .as("looking is not counted")
        .isEqualTo(200);
    Reply refused = api.post(Api.GENERATE, SHORT, KEY, secret);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error()).contains("Quota exceeded for RequestsPerDay", "limit 2");
    JsonNode details = refused.json().path("error").path("details");
    assertThat(details.path(0).path("@type").asString()).endsWith("QuotaFailure");
    assertThat(details.path(1).path("@type").asString()).endsWith("RetryInfo");
    assertThat(details.path(1).path("retryDelay").asString()).matches("[1-9][0-9]*s");
  }

  @Test
  void tokensAreCountedToo() throws Exception {
    String secret = create("{\"limits\":{\"tokensPerDay\":5}}").path("secret").asString();
    assertThat(api.post(Api.STREAM, SHORT, KEY, secret).status()).isEqualTo(200);
    Reply refused = api.post(Api.GENERATE, SHORT, KEY, secret);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error()).contains("TokensPerDay");
  }

  @Test
  void projectsDoNotSeeEachOther() throws Exception {
    String shop = create("{\"project\":\"shop\"}").path("secret").asString();
    String lab = create("{\"project\":\"lab\"}").path("secret").asString();
    byte[] bytes = "Once upon a time".getBytes(StandardCharsets.UTF_8);
    JsonNode file =
        api.post("/upload/v1beta/files", bytes, KEY, shop, "Content-Type", "text/plain")
            .json()
            .path("file");
    String path = "/v1beta/" + file.path("name").asString();
    assertThat(api.get(path, KEY, shop).status()).isEqualTo(200);
    assertThat(api.get(path, KEY, lab).status()).isEqualTo(403);
    assertThat(api.get(path + ":download", KEY, lab).status()).isEqualTo(403);
    assertThat(api.call("DELETE", path, KEY, lab).status()).isEqualTo(404);
    String ask =
        "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"%s\"}}]}]}"
            .formatted(file.path("uri").asString());
    assertThat(api.post(Api.COUNT, ask, KEY, shop).status()).isEqualTo(200);
    assertThat(api.post(Api.COUNT, ask, KEY, lab).status()).isEqualTo(403);
    assertThat(api.get("/v1beta/files", KEY, lab).json().path("files").size()).isZero();
    assertThat(api.get(path, KEY, shop).status()).isEqualTo(200);
  }

  @Test
  void whatIsDoneIsRemembered() throws Exception {
    JsonNode created = create("{\"name\":\"logged\",\"project\":\"logged\"}");
    String secret = created.path("secret").asString();
    String id = created.path("key").path("id").asString();
    assertThat(api.post(Api.GENERATE, SHORT, KEY, secret).status()).isEqualTo(200);
    assertThat(api.get("/v1beta/files/none", KEY, secret).status()).isEqualTo(403);
    JsonNode audit = api.get("/admin/v1/audit", KEY, "operator").json().path("entries");
    assertThat(audit.valueStream())
        .anyMatch(entry ->
            entry.path("actor").asString().equals(id)
                && entry.path("target").asString().equals("/v1beta/files/none"))
        .anyMatch(entry ->
            entry.path("actor").asString().equals("operator")
                && entry.path("action").asString().equals("POST")
                && entry.path("target").asString().equals(KEYS));
    Reply log = api.get("/admin/v1/requests?project=logged", KEY, "operator");
    assertThat(log.body()).doesNotContain("Once upon").doesNotContain(secret);
    assertThat(log.json().path("requests").valueStream())
        .anyMatch(entry ->
            entry.path("apiKey").asString().equals(id)
                && entry.path("path").asString().equals(Api.GENERATE)
                && entry.path("status").asInt() == 200
                && entry.path("answerTokens").asInt() == 4);
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(api.post(KEYS, "{\"role\":\"king\"}", KEY, "operator").error())
        .isEqualTo("role: expected one of [VIEWER, DEVELOPER, ADMIN], found \"king\".");
    assertThat(api.post(KEYS, "{\"project\":\"../etc\"}", KEY, "operator").error())
        .contains("project: expected 1 to 40 letters a to z");
    assertThat(api.post(KEYS, "{\"limits\":{\"tokensPerDay\":0}}", KEY, "operator").error())
        .isEqualTo("limits.tokens_per_day: expected at least 1, found 0.");
    assertThat(api.get("/admin/v1/audit?before=yesterday", KEY, "operator").error())
        .contains("before: expected a time", "found \"yesterday\"");
    assertThat(api.get("/admin/v1/nothing", KEY, "operator").status()).isEqualTo(404);
  }

  private static JsonNode create(String body) throws Exception {
    Reply reply = api.post(KEYS, body, KEY, "operator");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }
}
