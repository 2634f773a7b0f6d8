package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may call, and which models are there. */
final class AccessIT {
  private static final String LIST = "/v1beta/models";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder())
                .withApiKeys(List.of("first-key", "second-key"))
                .withCorsOrigins(List.of("https://app.example.com")));
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aKeyMayComeInEveryPlace() throws Exception {
    assertThat(api.get(LIST, "x-goog-api-key", "first-key").status()).isEqualTo(200);
    assertThat(api.get(LIST, "x-goog-api-key", "second-key").status()).isEqualTo(200);
    assertThat(api.get(LIST + "?key=first-key").status()).isEqualTo(200);
    assertThat(api.get(LIST, "Authorization", "Bearer first-key").status()).isEqualTo(200);
    assertThat(api.get(LIST, "Authorization", "bearer second-key").status()).isEqualTo(200);
  }

  @Test
  void withoutAKeyNobodyIsServed() throws Exception {
    for (Reply reply :
        List.of(
            api.get(LIST),
            api.get(LIST, "Authorization", "Basic first-key"),
            api.post(Api.GENERATE, Api.request("Once", "")),
            api.post(Api.STREAM, "not even JSON"))) {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.json().path("error").path("status").asString())
          .isEqualTo("PERMISSION_DENIED");
      assertThat(reply.error()).startsWith("Method doesn't allow unregistered callers");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?key=wrong", "?key=", "?key=first-key2", "?key=first-ke"})
  void aWrongKeyIsCalledInvalid(String query) throws Exception {
    Reply reply = api.get(LIST + query);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).isEqualTo("API key not valid. Please pass a valid API key.");
    JsonNode detail = reply.json().path("error").path("details").path(0);
    assertThat(detail.path("reason").asString()).isEqualTo("API_KEY_INVALID");
    assertThat(detail.path("@type").asString())
        .isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:5173, true",
    "http://127.0.0.1, true",
    "http://[::1]:3000, true",
    "https://app.example.com, true",
    "https://app.example.com.evil.org, false",
    "http://localhost.evil.org, false",
    "https://evil.org, false",
    "null, false"
  })
  void aBrowserIsToldWhichPagesMayCall(String origin, boolean allowed) throws Exception {
    Reply preflight =
        api.call(
            "OPTIONS",
            Api.GENERATE,
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type,x-goog-api-client");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-origin")).isEqualTo(allowed ? origin : "");
    assertThat(preflight.header("access-control-allow-headers"))
        .isEqualTo(allowed ? "content-type,x-goog-api-client" : "");
    Reply call = api.get(LIST + "?key=first-key", "Origin", origin);
    assertThat(call.header("access-control-allow-origin")).isEqualTo(allowed ? origin : "");
    // A page must be able to read why it was refused.
    Reply refused = api.get(LIST, "Origin", origin);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo(allowed ? origin : "");
  }

  @Test
  void modelsAreListedInPages() throws Exception {
    JsonNode page = api.get(LIST + "?key=first-key&pageSize=1").json();
    assertThat(page.path("models").size()).isEqualTo(1);
    assertThat(page.has("nextPageToken")).isFalse();
    assertThat(api.get(LIST + "?key=first-key&pageToken=1").json().path("models").size()).isZero();
    Reply wrong = api.get(LIST + "?key=first-key&pageSize=many");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.error()).isEqualTo("pageSize: expected a number from 0, found \"many\".");
  }

  @Test
  void aModelIsDescribedUnderTheNameThatWasAskedFor() throws Exception {
    JsonNode model = api.get(LIST + "/gemini-2.5-flash?key=first-key").json();
    assertThat(model.path("name").asString()).isEqualTo("models/gemini-2.5-flash");
    assertThat(model.path("baseModelId").asString()).isEqualTo("stories260K");
    assertThat(model.path("inputTokenLimit").asInt()).isEqualTo(512);
    assertThat(model.path("supportedGenerationMethods").valueStream().map(JsonNode::asString))
        .contains("generateContent", "streamGenerateContent", "countTokens", "bidiGenerateContent");
  }
}
