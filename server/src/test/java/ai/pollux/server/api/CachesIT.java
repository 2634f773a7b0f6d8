package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import com.google.genai.Client;
import com.google.genai.types.CachedContent;
import com.google.genai.types.Content;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.UpdateCachedContentConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Cached contents: beginnings that are computed once. */
final class CachesIT {
  private static final String CACHES = "/v1beta/cachedContents";
  private static final String STORY =
      "Once upon a time there was a little girl named Lily. She loved to play outside in the park. "
          .repeat(6);
  private static final String GREEDY = "\"temperature\":0,\"maxOutputTokens\":16";

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
  void aBeginningIsReadOnceAndAnswersStayTheSame() throws Exception {
    JsonNode cache = create(STORY, "");
    int tokens = cache.path("usageMetadata").path("totalTokenCount").asInt();
    assertThat(tokens).isGreaterThan(100);
    assertThat(cache.has("contents")).isFalse();
    Reply cached =
        api.post(
            Api.GENERATE, request("One day", "\"cachedContent\":\"%s\",".formatted(name(cache))));
    Reply whole =
        api.post(
            Api.GENERATE,
            "{\"contents\":[{\"parts\":[{\"text\":\"%s\"},{\"text\":\"One day\"}]}],\"generationConfig\":{%s}}"
                .formatted(STORY, GREEDY));
    assertThat(cached.status()).as(cached.body()).isEqualTo(200);
    assertThat(cached.text()).isEqualTo(whole.text());
    JsonNode usage = cached.json().path("usageMetadata");
    assertThat(usage.path("promptTokenCount").asInt())
        .isEqualTo(whole.json().path("usageMetadata").path("promptTokenCount").asInt());
    // All of it but what shares a page with the rest.
    assertThat(usage.path("cachedContentTokenCount").asInt()).isBetween(tokens - 32, tokens);
  }

  @Test
  void openAisEndpointsBeginWithThemToo() throws Exception {
    String cache = name(create(STORY, ""));
    JsonNode chat = chat(cache, "").json();
    assertThat(chat.path("choices").path(0).path("message").path("content").asString())
        .isEqualTo(
            api.post(Api.GENERATE, request("One day", "\"cachedContent\":\"%s\",".formatted(cache)))
                .text());
    assertThat(chat.path("usage").path("prompt_tokens_details").path("cached_tokens").asInt())
        .isGreaterThan(100);
    JsonNode response =
        api.post(
                "/v1beta/openai/responses",
                "{\"model\":\"stories260K\",\"input\":\"One day\",\"temperature\":0,\"max_output_tokens\":16,\"google\":{\"cached_content\":\"%s\"}}"
                    .formatted(cache))
            .json();
    assertThat(response.path("usage").path("input_tokens"))
        .isEqualTo(chat.path("usage").path("prompt_tokens"));
    assertThat(chat(cache, "{\"role\":\"system\",\"content\":\"Be brief.\"},").error())
        .contains("no system message and no tools of its own");
    assertThat(chat("cachedContents/no", "").status()).isEqualTo(404);
  }

  private static Reply chat(String cache, String first) throws Exception {
    return api.post(
        "/v1beta/openai/chat/completions",
        "{\"model\":\"stories260K\",\"messages\":[%s{\"role\":\"user\",\"content\":\"One day\"}],\"temperature\":0,\"max_tokens\":16,\"extra_body\":{\"google\":{\"cached_content\":\"%s\"}}}"
            .formatted(first, cache));
  }

  @Test
  void aRequestHasOneBeginning() throws Exception {
    String named = "\"cachedContent\":\"%s\",".formatted(name(create("Once", "")));
    assertThat(
            api.post(
                    Api.GENERATE,
                    request("x", named + "\"systemInstruction\":{\"parts\":[{\"text\":\"y\"}]},"))
                .error())
        .startsWith("CachedContent can not be used with GenerateContent request setting");
    assertThat(api.post("/v1beta/models/gemini-pro:generateContent", request("x", named)).error())
        .contains("models/gemini-pro", "models/stories260K", "has to be the same");
    Reply none = api.post(Api.GENERATE, request("x", "\"cachedContent\":\"cachedContents/no\","));
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.error()).contains("CachedContent not found: cachedContents/no");
  }

  @Test
  void contentsExpireWhenTheyAreToldTo() throws Exception {
    JsonNode cache = create("Once", "\"ttl\":\"1.5s\",");
    assertThat(api.get("/v1beta/" + name(cache)).status()).isEqualTo(200);
    Thread.sleep(1600);
    assertThat(api.get("/v1beta/" + name(cache)).status()).isEqualTo(404);
    assertThat(api.call("DELETE", "/v1beta/" + name(cache)).status()).isEqualTo(404);
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(api.post(CACHES, "{\"contents\":[]}").error()).contains("model: expected the model");
    assertThat(post("Once", "\"ttl\":\"soon\",").error())
        .isEqualTo("ttl: expected seconds such as \"300s\", found \"soon\".");
    assertThat(post("Once", "\"expireTime\":\"2020-01-01T00:00:00Z\",").error())
        .contains("expire_time: expected a time to come");
    assertThat(post("Once", "\"displayName\":\"%s\",".formatted("x".repeat(129))).error())
        .contains("display_name: expected at most 128 characters, found 129");
    assertThat(post("word ".repeat(3000), "").error()).contains("prompt: expected at most");
  }

  @Test
  void googlesSdkMakesListsChangesAndDeletes() {
    try (Client client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build()) {
      CachedContent cache =
          client.caches.create(
              "stories260K",
              CreateCachedContentConfig.builder()
                  .displayName("a story")
                  .ttl(Duration.ofMinutes(5))
                  .contents(
                      List.of(Content.builder().role("user").parts(Part.fromText(STORY)).build()))
                  .build());
      String name = cache.name().orElseThrow();
      assertThat(cache.displayName()).contains("a story");
      String text =
          client
              .models
              .generateContent(
                  "stories260K",
                  "One day",
                  GenerateContentConfig.builder()
                      .cachedContent(name)
                      .temperature(0f)
                      .maxOutputTokens(16)
                      .build())
              .text();
      assertThat(text).isNotBlank();
      CachedContent longer =
          client.caches.update(
              name, UpdateCachedContentConfig.builder().ttl(Duration.ofHours(2)).build());
      assertThat(longer.expireTime().orElseThrow())
          .isAfter(Instant.now().plus(Duration.ofMinutes(110)));
      boolean isListed = false;
      for (CachedContent each : client.caches.list(null)) {
        isListed |= each.name().orElse("").equals(name);
      }
      assertThat(isListed).isTrue();
      client.caches.delete(name, null);
      for (CachedContent each : client.caches.list(null)) {
        assertThat(each.name().orElse("")).isNotEqualTo(name);
      }
    }
  }

  private static Reply post(String text, String members) throws Exception {
    return api.post(
        CACHES,
        "{\"model\":\"models/stories260K\",%s\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}"
            .formatted(members, text));
  }

  private static JsonNode create(String text, String members) throws Exception {
    Reply reply = post(text, members);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static String name(JsonNode cache) {
    return cache.path("name").asString();
  }

  private static String request(String text, String members) {
    return "{%s\"contents\":[{\"parts\":[{\"text\":\"%s\"}]}],\"generationConfig\":{%s}}"
        .formatted(members, text, GREEDY);
  }
}
