package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** More requests than may wait. */
final class BusyIT {
  @Test
  void whatIsTooMuchIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
    try (RunningServer server = RunningServer.storiesOneAtATime();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Api api = new Api(server.url());
      String request = Api.request("Once", "\"temperature\":1,\"seed\":1,\"maxOutputTokens\":100");
      List<Future<Reply>> sent = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        sent.add(threads.submit(() -> api.post(Api.GENERATE, request)));
      }
      int refused = 0;
      for (Future<Reply> each : sent) {
        Reply reply = each.get();
        if (reply.status() == 503) {
          refused++;
          assertThat(reply.json().path("error").path("status").asString()).isEqualTo("UNAVAILABLE");
          assertThat(reply.error()).startsWith("The model is overloaded. Please try again later.");
        } else {
          assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
      }
      assertThat(refused).isBetween(1, 11);
    }
  }
}
