package ai.pollux.server.telemetry;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Usage;
import ai.pollux.engine.GenerationStats;
import java.util.OptionalDouble;

/**
 * A request to a model, and its answer.
 *
 * @param askedModel as the client calls it
 * @param model as it is called here
 */
record Generating(String askedModel, String model, AnswerRequest request, Answer answer) {
  Usage usage() {
    return answer.usage();
  }

  GenerationStats stats() {
    return answer.stats();
  }

  /**
   * From one token to the next of the same candidate, on average; empty before there are two. All
   * candidates of a request share its steps.
   */
  OptionalDouble nanosPerToken() {
    GenerationStats stats = stats();
    double each = (double) stats.sampledTokens() / request.candidates();
    return each <= 1
        ? OptionalDouble.empty()
        : OptionalDouble.of((stats.elapsedNanos() - stats.firstTokenNanos()) / (each - 1));
  }
}
