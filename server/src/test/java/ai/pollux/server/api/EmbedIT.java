package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.testkit.TestFiles;
import com.google.genai.Client;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.HttpOptions;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Vectors through the API. */
final class EmbedIT {
  private static final String EMBED = Api.MODEL + ":embedContent";
  private static final String BATCH = Api.MODEL + ":batchEmbedContents";

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
  void likeTextsLieCloserThanUnlikeOnes() throws Exception {
    double[] cat = vector("The cat was very happy and played in the garden.");
    double[] dog = vector("The dog was very happy and played in the park.");
    double[] numbers = vector("17 + 4 = 21; 3 * 9 = 27");
    assertThat(cat).hasSize(64);
    assertThat(dot(cat, cat)).isCloseTo(1, within(1e-5)); // 64 values, each rounded to 2^-24
    assertThat(dot(cat, dog)).isGreaterThan(dot(cat, numbers) + 0.1);
  }

  @Test
  void manyAtATimeAreTheSameAsEach() throws Exception {
    Reply reply =
        api.post(
            BATCH,
            "{\"requests\":[%s,%s]}"
                .formatted(request("Once upon a time"), request("Lily went to the park")));
    assertThat(reply.status()).isEqualTo(200);
    JsonNode embeddings = reply.json().path("embeddings");
    assertThat(embeddings.size()).isEqualTo(2);
    assertThat(values(embeddings.path(0))).isEqualTo(vector("Once upon a time"));
    assertThat(values(embeddings.path(1))).isEqualTo(vector("Lily went to the park"));
    assertThat(reply.json().path("usageMetadata").path("promptTokenCount").asInt())
        .isGreaterThan(10);
  }

  @Test
  void fewerDimensionsAreTheFirstOnesScaledToLengthOne() throws Exception {
    double[] whole = vector("Once upon a time");
    double[] few =
        values(
            api.post(
                    EMBED,
                    "{\"content\":{\"parts\":[{\"text\":\"Once upon a time\"}]},\"outputDimensionality\":8}")
                .json()
                .path("embedding"));
    assertThat(few).hasSize(8);
    assertThat(dot(few, few)).isCloseTo(1, within(1e-5));
    assertThat(few[0] / few[1]).isCloseTo(whole[0] / whole[1], within(1e-4));
  }

  @Test
  void aTitleBelongsToTheText() throws Exception {
    double[] titled =
        values(
            api.post(
                    EMBED,
                    "{\"content\":{\"parts\":[{\"text\":\"It was big.\"}]},\"title\":\"A ball\",\"taskType\":\"RETRIEVAL_DOCUMENT\"}")
                .json()
                .path("embedding"));
    assertThat(titled).isEqualTo(vector("A ball\\nIt was big."));
  }

  @Test
  void longTextIsCutUnlessThatIsRefused() throws Exception {
    String story = "Once upon a time there was a girl. ".repeat(200);
    Reply cut = api.post(EMBED, "{" + content(story) + "}");
    assertThat(cut.status()).isEqualTo(200);
    assertThat(cut.json().path("usageMetadata").path("promptTokenCount").asInt()).isEqualTo(511);
    Reply refused =
        api.post(EMBED, "{" + content(story) + ",\"embedContentConfig\":{\"autoTruncate\":false}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error()).contains("prompt: expected at most 511 tokens");
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(api.post(EMBED, "{}").error()).contains("content: expected parts");
    assertThat(api.post(BATCH, "{\"requests\":[]}").error()).contains("expected 1 to 100, found 0");
    assertThat(api.post(BATCH, "{\"requests\":[{}]}").error())
        .contains("requests[0].content: expected parts");
    assertThat(api.post(EMBED, "{" + content("x") + ",\"taskType\":\"DREAMING\"}").error())
        .contains("task_type: expected one of", "found \"DREAMING\"");
    assertThat(api.post(EMBED, "{" + content("x") + ",\"outputDimensionality\":65}").error())
        .contains("output_dimensionality: expected 1 to 64, found 65");
  }

  @Test
  void picturesAreEmbeddedByModelsThatSee() throws Exception {
    try (RunningServer seeing = RunningServer.seeing()) {
      String data =
          Base64.getEncoder()
              .encodeToString(Files.readAllBytes(TestFiles.golden("media/wide-300x200.png")));
      Reply reply =
          new Api(seeing.url())
              .post(
                  "/v1beta/models/hf:embedContent",
                  "{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"%s\"}}]}}"
                      .formatted(data));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.json().path("usageMetadata").path("promptTokenDetails").toString())
          .contains("IMAGE");
    }
  }

  @Test
  void googlesSdkEmbeds() throws Exception {
    try (Client client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build()) {
      EmbedContentResponse response =
          client.models.embedContent(
              "gemini-embedding-001",
              "Once upon a time",
              EmbedContentConfig.builder().outputDimensionality(16).build());
      assertThat(response.embeddings().orElseThrow().getFirst().values().orElseThrow()).hasSize(16);
    }
  }

  @Test
  void langChain4jEmbeds() throws Exception {
    GoogleAiEmbeddingModel model =
        GoogleAiEmbeddingModel.builder()
            .baseUrl(server.url() + "/v1beta")
            .apiKey("any")
            .modelName("gemini-embedding-001")
            .build();
    var response =
        model.embedAll(List.of(TextSegment.from("Once upon a time"), TextSegment.from("Lily")));
    double[] expected = vector("Once upon a time");
    assertThat(response.content()).hasSize(2);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) response.content().getFirst().vector()[i])
          .isCloseTo(expected[i], within(1e-7));
    }
  }

  private static String request(String text) {
    return "{\"model\":\"models/stories260K\"," + content(text) + "}";
  }

  private static String content(String text) {
    return "\"content\":{\"parts\":[{\"text\":\"%s\"}]}".formatted(text);
  }

  private static double[] vector(String text) throws Exception {
    Reply reply = api.post(EMBED, request(text));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return values(reply.json().path("embedding"));
  }

  private static double[] values(JsonNode embedding) {
    return embedding.path("values").valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
