package ai.pollux.server.http;

import ai.pollux.assistant.Usage;
import io.helidon.webserver.http.ServerRequest;
import java.util.concurrent.atomic.LongAdder;

/** The tokens that a request has taken so far. */
final class Spent {
  private final LongAdder prompt = new LongAdder();
  private final LongAdder answer = new LongAdder();

  /** Starts to count for a request. */
  static Spent begin(ServerRequest request) {
    Spent spent = new Spent();
    request.context().register(Spent.class, spent);
    return spent;
  }

  /** What counts for a request. */
  static Spent of(ServerRequest request) {
    return request.context().get(Spent.class, Spent.class).orElseGet(Spent::new);
  }

  /** Adds what an answer took in the end. */
  void add(Usage usage) {
    add(usage.prompt().total(), usage.answerTokens() + usage.thoughtTokens());
  }

  void add(long promptTokens, long answerTokens) {
    prompt.add(promptTokens);
    answer.add(answerTokens);
  }

  long promptTokens() {
    return prompt.sum();
  }

  long answerTokens() {
    return answer.sum();
  }

  long tokens() {
    return promptTokens() + answerTokens();
  }
}
