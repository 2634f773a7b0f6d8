package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many streams at once: all complete, and none depends on the others. */
final class ParallelIT {
  private static final int STREAMS = 64;
  private static final List<String> BEGINNINGS =
      List.of("Once upon a time", "The dog", "Tim and Sam went", "\"Look,\" said mom", "One day");

  @Test
  void sixtyFourStreamsSayWhatEachSaysAlone() throws Exception {
    try (RunningServer server = RunningServer.stories();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = new Api(server.url());
      List<Future<List<JsonNode>>> together = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        String request = request(i);
        together.add(threads.submit(() -> api.post(Api.STREAM, request).events()));
      }
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        List<JsonNode> events = together.get(i).get();
        assertThat(reason(events)).as("stream %d", i).isIn("STOP", "MAX_TOKENS");
        texts.add(Api.text(events));
      }
      for (int i = 0; i < STREAMS; i++) {
        assertThat(texts.get(i))
            .as("stream %d", i)
            .isNotEmpty()
            .isEqualTo(Api.text(api.post(Api.STREAM, request(i)).events()));
      }
      assertThat(texts.stream().distinct().count()).isGreaterThan(STREAMS / 2);
    }
  }

  /** Every fourth is greedy, the others are drawn with a seed; beginnings and lengths differ. */
  private static String request(int i) {
    String config =
        i % 4 == 0
            ? "\"temperature\":0"
            : "\"temperature\":%s,\"topP\":0.95,\"topK\":40,\"seed\":%d"
                .formatted(0.5 + 0.02 * i, i);
    return Api.request(
        BEGINNINGS.get(i % BEGINNINGS.size()),
        config + ",\"maxOutputTokens\":" + (12 + 3 * (i % 9)));
  }

  private static String reason(List<JsonNode> events) {
    return events.getLast().path("candidates").path(0).path("finishReason").asString();
  }
}
