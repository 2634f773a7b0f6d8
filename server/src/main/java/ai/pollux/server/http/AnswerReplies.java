package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Usage;
import ai.pollux.server.openai.AnswerStream;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Sends what a model answers, at once or as a stream of messages. */
final class AnswerReplies {
  private AnswerReplies() {}

  /** Sends all of an answer when its end has come. */
  static void whole(
      Assistant assistant,
      AnswerRequest asked,
      BiFunction<List<AnswerEvent>, Usage, Object> message,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    try (Answer answer = Watch.of(request).answer(assistant.name(), assistant, asked);
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      List<AnswerEvent> events = new ArrayList<>();
      while (answer.hasNext()) {
        events.add(answer.next());
      }
      Spent.of(request).add(answer.usage());
      deadline.check();
      client.check();
      OpenAiResource.send(response, message.apply(events, answer.usage()));
    }
  }

  /**
   * Sends an answer as it comes. What fails before the first message is thrown and gets a status of
   * its own.
   */
  static void stream(
      Assistant assistant,
      AnswerRequest asked,
      AnswerStream messages,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException, IOException {
    try (Answer answer = Watch.of(request).answer(assistant.name(), assistant, asked);
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      // The status line waits for the first event: what fails before that gets a status of its own.
      AnswerEvent event = answer.next();
      deadline.check();
      client.check();
      try (OutputStream out = open(response)) {
        try {
          send(out, messages.begin());
          send(out, messages.push(event));
          while (answer.hasNext()) {
            event = answer.next();
            deadline.check();
            send(out, messages.push(event));
          }
          send(out, messages.end(answer.usage()));
        } catch (IOException | UncheckedIOException e) {
          throw new CloseConnectionException("the client went away", e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CloseConnectionException("the server is closing", e);
        } catch (RuntimeException e) {
          Watch.of(request).failed(Replies.code(e));
          send(out, messages.fail(Replies.error(e)));
        } finally {
          Spent.of(request).add(answer.usage());
        }
      }
    }
  }

  /** What events are written to. */
  static OutputStream open(ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    response.header(HeaderNames.CACHE_CONTROL, "no-cache");
    return response.outputStream();
  }

  /** Sends messages at once. */
  static void send(OutputStream out, List<AnswerStream.Message> messages) throws IOException {
    if (messages.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    messages.forEach(message -> text.append(message.text()));
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
