package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.testkit.TestFiles;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Images, sounds and videos through the API, on a tiny random Gemma 4 with both towers. */
final class MediaIT {
  private static final String MODEL = "/v1beta/models/hf";

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.seeing();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyModalityIsCounted() throws Exception {
    Map<String, Integer> tokens =
        counted(
            "%s,%s,%s,{\"text\":\"compare\"}"
                .formatted(
                    inline("wide-300x200.png", "image/png"),
                    inline("tones-16k.wav", "audio/wav"),
                    inline("clip-64x48.mp4", "video/mp4")));
    // 70 is this model's budget; of 300 x 200 pixels it leaves 10 x 6 squares.
    assertThat(tokens).containsEntry("IMAGE", 60).containsKeys("TEXT", "AUDIO", "VIDEO");
    assertThat(tokens.get("AUDIO")).isBetween(1, 750);
  }

  @Test
  void resolutionAndFramesPerSecondDecideTheTokens() throws Exception {
    String image = inline("wide-300x200.png", "image/png");
    int low = counted(image, "MEDIA_RESOLUTION_LOW").get("IMAGE");
    int high = counted(image, "MEDIA_RESOLUTION_HIGH").get("IMAGE");
    assertThat(low).isLessThanOrEqualTo(70);
    assertThat(high).isBetween(400, 560);
    String ownHigh =
        image.replaceFirst("}$", ",\"mediaResolution\":{\"level\":\"MEDIA_RESOLUTION_HIGH\"}}");
    assertThat(counted(ownHigh, "MEDIA_RESOLUTION_LOW").get("IMAGE")).isEqualTo(high);
    int one = counted(video("{\"fps\":0.5}")).get("VIDEO");
    assertThat(counted(video("{\"fps\":1}")).get("VIDEO")).isEqualTo(2 * one);
    assertThat(counted(video("{\"fps\":1,\"startOffset\":\"1s\"}")).get("VIDEO")).isEqualTo(one);
  }

  @Test
  void whatIsCountedIsUsedAndReused() throws Exception {
    String body = body(inline("photo-97x61.jpg", "image/jpeg") + ",{\"text\":\"what is it\"}", "");
    JsonNode counted =
        api.post(MODEL + ":countTokens", body.replaceAll(",\"generationConfig.*", "}")).json();
    Reply first = api.post(MODEL + ":generateContent", body);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    JsonNode used = first.json().path("usageMetadata");
    assertThat(used.path("promptTokenCount")).isEqualTo(counted.path("totalTokens"));
    assertThat(used.path("promptTokensDetails")).isEqualTo(counted.path("promptTokensDetails"));
    Reply again = api.post(MODEL + ":generateContent", body);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.json().path("usageMetadata").path("cachedContentTokenCount").asInt())
        .isGreaterThanOrEqualTo(32);
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsReason() throws Exception {
    byte[] png = bytes("wide-300x200.png");
    assertRefused(inline(Arrays.copyOf(png, 300), "image/png"), "cut off");
    assertRefused(inline("GIF89a nothing".getBytes(StandardCharsets.UTF_8), "image/gif"), "");
    assertRefused(inline("hello".getBytes(StandardCharsets.UTF_8), "audio/mp3"), "");
    assertRefused(inline(png, "video/mp4"), "");
  }

  @Test
  void googlesSdkSendsMediaInlineAndAsFiles() throws Exception {
    try (Client client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build()) {
      GenerateContentConfig greedy =
          GenerateContentConfig.builder().temperature(0f).maxOutputTokens(8).build();
      byte[] png = bytes("wide-300x200.png");
      GenerateContentResponse inline =
          client.models.generateContent(
              "gemini-pro",
              Content.fromParts(Part.fromBytes(png, "image/png"), Part.fromText("what is it")),
              greedy);
      File file =
          client.files.upload(png, UploadFileConfig.builder().mimeType("image/png").build());
      GenerateContentResponse uploaded =
          client.models.generateContent(
              "gemini-pro",
              Content.fromParts(
                  Part.fromUri(file.uri().orElseThrow(), "image/png"), Part.fromText("what is it")),
              greedy);
      assertThat(uploaded.text()).isEqualTo(inline.text());
      assertThat(uploaded.usageMetadata().orElseThrow().promptTokensDetails().orElseThrow())
          .anySatisfy(each -> assertThat(each.tokenCount()).contains(60));
    }
  }

  private static void assertRefused(String part, String said) throws Exception {
    Reply reply = api.post(MODEL + ":generateContent", body(part, ""));
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.error()).contains(said).hasSizeGreaterThan(30);
  }

  private static Map<String, Integer> counted(String parts) throws Exception {
    return counted(parts, "");
  }

  private static Map<String, Integer> counted(String parts, String resolution) throws Exception {
    String request = body(parts, resolution);
    Reply reply =
        api.post(
            MODEL + ":countTokens",
            "{\"generateContentRequest\":{\"model\":\"models/hf\"," + request.substring(1) + "}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    Map<String, Integer> tokens = new LinkedHashMap<>();
    reply
        .json()
        .path("promptTokensDetails")
        .forEach(
            each -> tokens.put(each.path("modality").asString(), each.path("tokenCount").asInt()));
    assertThat(tokens.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(reply.json().path("totalTokens").asInt());
    return tokens;
  }

  private static String body(String parts, String resolution) {
    String media = resolution.isEmpty() ? "" : ",\"mediaResolution\":\"" + resolution + "\"";
    return "{\"contents\":[{\"parts\":[%s]}],\"generationConfig\":{\"temperature\":0,\"maxOutputTokens\":8%s}}"
        .formatted(parts, media);
  }

  private static String video(String metadata) throws Exception {
    return inline("clip-64x48.mp4", "video/mp4")
        .replaceFirst("}$", ",\"videoMetadata\":" + metadata + "}");
  }

  private static String inline(String file, String type) throws Exception {
    return inline(bytes(file), type);
  }

  private static String inline(byte[] bytes, String type) {
    return "{\"inlineData\":{\"mimeType\":\"%s\",\"data\":\"%s\"}}"
        .formatted(type, Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] bytes(String file) throws Exception {
    return Files.readAllBytes(TestFiles.golden("media/" + file));
  }
}
