package ai.pollux.junit;

import ai.pollux.content.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scripted answers as the API writes them: one message, or several for a stream. Tokens are counted
 * by the model's tokenizer: those of the last turn, and those of the answer.
 */
record Messages(Tokenizer tokenizer, RecordedRequest request) {
  List<String> text(String text) {
    return written(pieces(text), "STOP");
  }

  List<String> stopped(String text) {
    return written(text.isEmpty() ? List.of() : pieces(text), "SAFETY");
  }

  List<String> call(String name, Map<String, ?> arguments) {
    Map<String, Object> part = Map.of("functionCall", Map.of("name", name, "args", arguments));
    String arguing = JsonMapper.shared().writeValueAsString(arguments);
    return List.of(
        message(Map.of("candidates", List.of(candidate(List.of(part), "STOP"))), name + arguing));
  }

  List<String> blocked() {
    return List.of(message(Map.of("promptFeedback", Map.of("blockReason", "SAFETY")), ""));
  }

  /** Words with what is between them; the whole where nothing is streamed. */
  private List<String> pieces(String text) {
    return request.method().equals("streamGenerateContent")
        ? List.of(text.split("(?<=\\s)(?=\\S)", -1))
        : List.of(text);
  }

  /** The last message says why the answer ended. */
  private List<String> written(List<String> pieces, String reason) {
    List<String> messages = new ArrayList<>();
    StringBuilder soFar = new StringBuilder();
    for (int i = 0; i < Math.max(1, pieces.size()); i++) {
      List<Map<String, Object>> parts =
          pieces.isEmpty() ? List.of() : List.of(Map.of("text", pieces.get(i)));
      soFar.append(pieces.isEmpty() ? "" : pieces.get(i));
      boolean isLast = i >= pieces.size() - 1;
      messages.add(
          message(
              Map.of("candidates", List.of(candidate(parts, isLast ? reason : ""))),
              soFar.toString()));
    }
    return messages;
  }

  private static Map<String, Object> candidate(List<Map<String, Object>> parts, String reason) {
    Map<String, Object> candidate = new LinkedHashMap<>();
    candidate.put(
        "content",
        parts.isEmpty() ? Map.of("role", "model") : Map.of("parts", parts, "role", "model"));
    if (!reason.isEmpty()) {
      candidate.put("finishReason", reason);
    }
    candidate.put("index", 0);
    return candidate;
  }

  private String message(Map<String, Object> said, String written) {
    int asked = tokenizer.encode(request.prompt()).length;
    int answered = tokenizer.encode(written).length;
    Map<String, Object> message = new LinkedHashMap<>(said);
    message.put(
        "usageMetadata",
        Map.of(
            "promptTokenCount",
            asked,
            "candidatesTokenCount",
            answered,
            "totalTokenCount",
            asked + answered));
    message.put("modelVersion", request.model());
    message.put("responseId", "scripted");
    return JsonMapper.shared().writeValueAsString(message);
  }
}
