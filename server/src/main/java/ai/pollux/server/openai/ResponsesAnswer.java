package ai.pollux.server.openai;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Part;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.ResponseObject.Failure;
import ai.pollux.server.openai.ResponseObject.IncompleteDetails;
import ai.pollux.server.openai.ResponseObject.TextFormat;
import ai.pollux.server.openai.ResponseObject.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The answer to one request for a response. The whole of it is what its stream ends with. */
public final class ResponsesAnswer implements AnswerStream {
  private final ResponsesRequest request;
  private final Sampling sampling;
  private final String model;
  private final long created;
  private final String id;
  private final ResponseEvents events = new ResponseEvents();
  private final ResponseOutput output;
  private boolean isCutShort;

  /**
   * For one request.
   *
   * @param asked what it came to
   * @param model the name of who answers
   * @param created seconds since 1970
   * @param ids gives another text with every call
   */
  public ResponsesAnswer(
      ResponsesRequest request,
      AnswerRequest asked,
      String model,
      long created,
      Supplier<String> ids) {
    this.request = request;
    this.model = model;
    this.created = created;
    sampling = asked.sampling();
    id = "resp_" + ids.get();
    output =
        new ResponseOutput(
            request.showsThoughts(),
            Boolean.FALSE.equals(request.parallelToolCalls()),
            ids,
            events);
  }

  /** The whole response. */
  public ResponseObject response(List<AnswerEvent> all, Usage usage) {
    all.forEach(this::push);
    return finished(usage);
  }

  @Override
  public List<Message> begin() {
    ResponseObject begun = object("in_progress", null, null);
    return List.of(
        events.of("response.created", "response", begun),
        events.of("response.in_progress", "response", begun));
  }

  @Override
  public List<Message> push(AnswerEvent event) {
    return switch (event) {
      case AnswerEvent.Said more -> {
        if (request.hasLogprobs()) {
          output.score(TokenLogprob.of(more.scores()));
        }
        List<Message> told = new ArrayList<>();
        for (Part part : more.parts()) {
          told.addAll(output.write(part));
        }
        yield told;
      }
      case AnswerEvent.Ended end -> {
        isCutShort = isCutShort(end.reason());
        yield output.close(isCutShort ? "incomplete" : "completed");
      }
    };
  }

  @Override
  public List<Message> end(Usage usage) {
    ResponseObject whole = finished(usage);
    return List.of(events.of("response." + whole.status(), "response", whole));
  }

  @Override
  public List<Message> fail(ApiException error) {
    OpenAiError.Detail detail = OpenAiError.of(error).error();
    String code = detail.code() == null ? "server_error" : detail.code();
    return List.of(
        events.of("error", "code", code, "message", detail.message()),
        events.of(
            "response.failed",
            "response",
            object("failed", null, new Failure("server_error", detail.message()))));
  }

  private static boolean isCutShort(EndReason reason) {
    return switch (reason) {
      case STOP, MALFORMED_CALL -> false;
      case MAX_TOKENS -> true;
      case CANCELLED -> throw ChatAnswer.cutOff();
    };
  }

  private ResponseObject finished(Usage usage) {
    return object(isCutShort ? "incomplete" : "completed", TokenCounts.of(usage), null);
  }

  private ResponseObject object(
      String status, @Nullable TokenCounts usage, @Nullable Failure failure) {
    JsonNode format = request.text() == null ? null : request.text().format();
    return new ResponseObject(
        id,
        "response",
        created,
        status,
        false,
        failure,
        status.equals("incomplete") ? new IncompleteDetails("max_output_tokens") : null,
        request.instructions(),
        request.maxOutputTokens(),
        model,
        output.items(),
        !Boolean.FALSE.equals(request.parallelToolCalls()),
        null,
        request.reasoning() == null
            ? new ResponsesRequest.Reasoning(null, null)
            : request.reasoning(),
        false,
        sampling.temperature(),
        new TextFormat(OpenAiJson.or(format, Map.of("type", "text"))),
        OpenAiJson.or(request.toolChoice(), "auto"),
        request.tools() == null ? List.of() : request.tools(),
        sampling.topP(),
        "disabled",
        usage,
        OpenAiJson.or(request.metadata(), Map.of()));
  }
}
