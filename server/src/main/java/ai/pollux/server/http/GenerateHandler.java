package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.Assistant;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.GenerateContentResponse;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.ResponseMapping;
import ai.pollux.server.gemini.Wire;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code generateContent} and {@code streamGenerateContent}. */
final class GenerateHandler {
  private GenerateHandler() {}

  /** One response with all that was written. */
  static void whole(
      Assistant assistant,
      GenerateContentRequest body,
      FileOpener files,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    try (Answer answer = start(assistant, body, files);
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      GenerateContentResponse said = response(assistant, body, answer);
      Spent.of(request).add(answer.usage());
      deadline.check();
      client.check();
      Replies.json(request, response, said);
    }
  }

  /** Starts to answer. */
  static Answer start(Assistant assistant, GenerateContentRequest body, FileOpener files) {
    return assistant.answer(RequestMapping.answer(body, files, assistant.defaultSampling()));
  }

  /** All that is answered, when its end has come. */
  static GenerateContentResponse response(
      Assistant assistant, GenerateContentRequest body, Answer answer) throws InterruptedException {
    List<AnswerEvent> events = new ArrayList<>();
    while (answer.hasNext()) {
      events.add(answer.next());
    }
    return mapping(assistant, body).response(events, answer.usage());
  }

  /** A response for every event. A client that goes away is noticed, and cancels the answer. */
  static void streamed(
      Assistant assistant,
      GenerateContentRequest body,
      FileOpener files,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException, IOException {
    ResponseMapping mapping = mapping(assistant, body);
    try (Answer answer = start(assistant, body, files);
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      // The status line waits for the first event: what fails before that still gets a status of
      // its own.
      AnswerEvent event = answer.next();
      deadline.check();
      client.check();
      try (ChunkWriter out = open(request, response)) {
        try {
          out.message(Wire.write(mapping.response(List.of(event), answer.usage())));
          while (answer.hasNext()) {
            event = answer.next();
            deadline.check();
            out.message(Wire.write(mapping.response(List.of(event), answer.usage())));
          }
        } catch (IOException | UncheckedIOException e) {
          throw new CloseConnectionException("the client went away", e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CloseConnectionException("the server is closing", e);
        } catch (RuntimeException e) {
          out.error(Wire.write(Replies.error(e).body()));
        } finally {
          Spent.of(request).add(answer.usage());
        }
      }
    }
  }

  /** What a stream is written with: events, or an array, as the client asks. */
  static ChunkWriter open(ServerRequest request, ServerResponse response) {
    if (request.query().first("alt").asOptional().filter("sse"::equals).isPresent()) {
      response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
      response.header(HeaderNames.CONTENT_DISPOSITION, "attachment");
      response.header(HeaderNames.CACHE_CONTROL, "no-cache");
      return new ChunkWriter.ServerSentEvents(response.outputStream());
    }
    response.header(HeaderNames.CONTENT_TYPE, Replies.JSON);
    return new ChunkWriter.JsonArray(response.outputStream());
  }

  private static ResponseMapping mapping(Assistant assistant, GenerateContentRequest body) {
    String responseId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new ResponseMapping(assistant.name(), responseId, RequestMapping.includesThoughts(body));
  }
}
