package ai.pollux.server.live;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.GenerateContentResponse.Candidate;
import ai.pollux.server.gemini.Part;
import ai.pollux.server.gemini.ResponseMapping;
import ai.pollux.server.live.ServerMessage.Usage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the model, as far as it has come: its text, its calls, and what the calls gave. Its
 * session guards it, but for {@link #begin} and {@link #cancel}, which two threads may race for.
 */
final class LiveTurn {
  private final ResponseMapping mapping;
  private final List<Part> texts = new ArrayList<>();
  private final Map<String, Part.FunctionCall> calls = new LinkedHashMap<>();
  private final Map<String, Part.FunctionResponse> responses = new LinkedHashMap<>();
  private @Nullable Usage usage;
  private @Nullable Answer answer;
  private boolean isCancelled;
  private boolean hasCalled;

  LiveTurn(ResponseMapping mapping) {
    this.mapping = mapping;
  }

  /** The answer is being written; false where nobody wants it any more. */
  synchronized boolean begin(Answer started) {
    answer = started;
    return !isCancelled;
  }

  /** Nobody wants the rest. */
  synchronized void cancel() {
    isCancelled = true;
    if (answer != null) {
      answer.close();
    }
  }

  synchronized boolean isCancelled() {
    return isCancelled;
  }

  /** Takes in what the model said; returns what of it is to be shown at once. */
  List<Part> add(AnswerEvent event, ai.pollux.assistant.Usage counted) {
    var response = mapping.response(List.of(event), counted);
    if (response.usageMetadata() != null) {
      usage = Usage.of(response.usageMetadata());
    }
    List<Part> shown = new ArrayList<>();
    for (Part part : parts(response.candidates())) {
      Part.FunctionCall call = part.functionCall();
      if (call == null) {
        shown.add(part);
      } else {
        String id = call.id() == null || call.id().isEmpty() ? newId() : call.id();
        calls.put(id, new Part.FunctionCall(id, call.name(), call.args()));
      }
    }
    shown.stream().filter(part -> !Boolean.TRUE.equals(part.thought())).forEach(texts::add);
    return shown;
  }

  private static List<Part> parts(@Nullable List<Candidate> candidates) {
    Content content =
        candidates == null || candidates.isEmpty() ? null : candidates.getFirst().content();
    return content == null || content.parts() == null ? List.of() : content.parts();
  }

  /** The client is asked for the calls: the turn goes on when it has answered them all. */
  List<Part.FunctionCall> call() {
    hasCalled = true;
    return List.copyOf(calls.values());
  }

  /** Whether the client was asked, so that nothing is being written. */
  boolean hasCalled() {
    return hasCalled;
  }

  /** What the model said, for the dialogue; calls only if they were asked for. */
  Content said() {
    StringBuilder text = new StringBuilder();
    texts.forEach(part -> text.append(part.text() == null ? "" : part.text()));
    List<Part> parts = new ArrayList<>();
    if (!text.isEmpty()) {
      parts.add(Part.ofText(text.toString()));
    }
    if (hasCalled) {
      calls.values().forEach(call -> parts.add(Part.ofCall(call)));
    }
    return new Content(parts, "model");
  }

  /** Tokens of the latest answer. */
  @Nullable Usage usage() {
    return usage;
  }

  /** Whether the model called something. */
  boolean hasCalls() {
    return !calls.isEmpty();
  }

  /** Ids of calls that were asked for and have no response. */
  List<String> waiting() {
    return !hasCalled
        ? List.of()
        : calls.keySet().stream().filter(id -> !responses.containsKey(id)).toList();
  }

  /** Takes in what a call gave, if it was waited for. */
  boolean respond(Part.FunctionResponse response) {
    String id = response.id() == null || response.id().isEmpty() ? byName(response) : response.id();
    Part.FunctionCall call = calls.get(id);
    if (!hasCalled || call == null || responses.containsKey(id)) {
      return false;
    }
    responses.put(
        id,
        new Part.FunctionResponse(
            id, call.name(), response.response(), response.parts(), null, null));
    return true;
  }

  /** Vertex's clients name the function alone. */
  private String byName(Part.FunctionResponse response) {
    return waiting().stream()
        .filter(id -> {
          Part.FunctionCall call = calls.get(id);
          return call != null && call.name() != null && call.name().equals(response.name());
        })
        .findFirst()
        .orElse("");
  }

  /** What the calls gave, in their order, for the dialogue. */
  Content given() {
    List<Part> parts = new ArrayList<>();
    calls.keySet().stream()
        .flatMap(id -> Stream.ofNullable(responses.get(id)))
        .forEach(response -> parts.add(Part.ofResponse(response)));
    return new Content(parts, "user");
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
