package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A conversation as the body of {@code generateContent}. */
final class RequestJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RequestJson() {}

  /**
   * The body.
   *
   * @param mostTokens of the answer; the likeliest token is taken each time
   */
  static String of(Conversation conversation, int mostTokens) {
    ObjectNode body = JSON.createObjectNode();
    if (!conversation.system().isEmpty()) {
      body.set("systemInstruction", content("system", conversation.system()));
    }
    ArrayNode contents = body.putArray("contents");
    for (Turn turn : conversation.turns()) {
      contents.add(content(turn.role() == Turn.Role.MODEL ? "model" : "user", turn.parts()));
    }
    if (!conversation.tools().isEmpty()) {
      ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
      conversation.tools().forEach(tool -> declarations.add(declaration(tool)));
    }
    body.putObject("generationConfig").put("temperature", 0).put("maxOutputTokens", mostTokens);
    return JSON.writeValueAsString(body);
  }

  private static ObjectNode content(String role, List<Part> parts) {
    ObjectNode content = JSON.createObjectNode().put("role", role);
    ArrayNode list = content.putArray("parts");
    parts.forEach(part -> list.add(part(part)));
    return content;
  }

  private static ObjectNode part(Part part) {
    ObjectNode node = JSON.createObjectNode();
    switch (part) {
      case Part.Text(String text) -> node.put("text", text);
      case Part.Thought(String text) -> node.put("text", text).put("thought", true);
      case Part.Image image -> inline(node, image.media());
      case Part.Audio audio -> inline(node, audio.media());
      case Part.Video video -> inline(node, video.media());
      case Part.Document document -> inline(node, document.media());
      case Part.ToolCall(String id, String name, Json arguments) ->
          call(node.putObject("functionCall"), id, name).set("args", json(arguments));
      case Part.ToolResult(String id, String name, Json response) ->
          call(node.putObject("functionResponse"), id, name).set("response", json(response));
      case Part.Code(String language, String source) ->
          node.putObject("executableCode").put("language", language).put("code", source);
      case Part.CodeResult(Part.Outcome outcome, String output) ->
          node.putObject("codeExecutionResult")
              .put("outcome", "OUTCOME_" + outcome.name())
              .put("output", output);
    }
    return node;
  }

  private static void inline(ObjectNode node, Media media) {
    node.putObject("inlineData")
        .put("mimeType", media.mimeType())
        .put("data", Base64.getEncoder().encodeToString(media.bytes()));
  }

  private static ObjectNode call(ObjectNode node, String id, String name) {
    node.put("name", name);
    return id.isEmpty() ? node : node.put("id", id);
  }

  private static ObjectNode declaration(ToolDeclaration tool) {
    ObjectNode node =
        JSON.createObjectNode().put("name", tool.name()).put("description", tool.description());
    node.set("parametersJsonSchema", json(tool.parameters()));
    return node;
  }

  private static JsonNode json(Json value) {
    return JSON.readTree(value.toString());
  }
}
