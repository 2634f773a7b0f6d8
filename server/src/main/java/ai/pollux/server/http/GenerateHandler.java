package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.GenerateContentResponse;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.ResponseMapping;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.telemetry.Exchange;
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

  /**
   * One response with all that was written.
   *
   * @param asked what the client calls the model
   */
  static void whole(
      String asked,
      Assistant assistant,
      Grounded body,
      FileOpener files,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    Exchange exchange = Watch.of(request);
    try (Answer answer = exchange.answer(asked, assistant, request(assistant, body, files));
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      GenerateContentResponse said = response(assistant, body, answer);
      Spent.of(request).add(answer.usage());
      deadline.check();
      client.check();
      exchange.said(() -> Wire.write(said));
      Replies.json(request, response, said);
    }
  }

  /** Starts to answer what nobody waits for. */
  static Answer start(Assistant assistant, Grounded body, FileOpener files) {
    return assistant.answer(request(assistant, body, files));
  }

  private static AnswerRequest request(Assistant assistant, Grounded body, FileOpener files) {
    return RequestMapping.answer(body.request(), files, assistant.defaultSampling());
  }

  /** All that is answered, when its end has come. */
  static GenerateContentResponse response(Assistant assistant, Grounded body, Answer answer)
      throws InterruptedException {
    List<AnswerEvent> events = new ArrayList<>();
    while (answer.hasNext()) {
      events.add(answer.next());
    }
    return mapping(assistant, body).response(events, answer.usage());
  }

  /** A response for every event. A client that goes away is noticed, and cancels the answer. */
  static void streamed(
      String asked,
      Assistant assistant,
      Grounded body,
      FileOpener files,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException, IOException {
    Exchange exchange = Watch.of(request);
    ResponseMapping mapping = mapping(assistant, body);
    try (Answer answer = exchange.answer(asked, assistant, request(assistant, body, files));
        Deadline deadline = Deadline.of(request, answer);
        ClientWatch client = ClientWatch.of(answer)) {
      // The status line waits for the first event: what fails before that still gets a status of
      // its own.
      AnswerEvent event = answer.next();
      deadline.check();
      client.check();
      try (ChunkWriter out = open(request, response)) {
        try {
          send(mapping.response(List.of(event), answer.usage()), out, exchange);
          while (answer.hasNext()) {
            event = answer.next();
            deadline.check();
            send(mapping.response(List.of(event), answer.usage()), out, exchange);
          }
        } catch (IOException | UncheckedIOException e) {
          throw new CloseConnectionException("the client went away", e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CloseConnectionException("the server is closing", e);
        } catch (RuntimeException e) {
          ApiException error = Replies.error(e);
          exchange.failed(error.status().name());
          out.error(Wire.write(error.body()));
        } finally {
          Spent.of(request).add(answer.usage());
        }
      }
    }
  }

  private static void send(GenerateContentResponse message, ChunkWriter out, Exchange exchange)
      throws IOException {
    String json = Wire.write(message);
    out.message(json);
    exchange.said(() -> json);
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

  private static ResponseMapping mapping(Assistant assistant, Grounded body) {
    String responseId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return new ResponseMapping(
        assistant.name(),
        responseId,
        RequestMapping.includesThoughts(body.request()),
        body.grounding());
  }
}
