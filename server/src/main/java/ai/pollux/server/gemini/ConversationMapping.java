package ai.pollux.server.gemini;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.MediaResolution;
import ai.pollux.content.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The API's contents as a conversation. Mistakes are refused with their place in the body. */
final class ConversationMapping {
  private final MediaResolution resolution;
  private final FileOpener files;

  /**
   * Of one request.
   *
   * @param resolution of media that do not name one themselves
   * @param files opens what is named by address
   */
  ConversationMapping(MediaResolution resolution, FileOpener files) {
    this.resolution = resolution;
    this.files = files;
  }

  Conversation conversation(
      @Nullable List<Content> contents,
      @Nullable Content systemInstruction,
      @Nullable List<Tool> tools) {
    if (contents == null || contents.isEmpty()) {
      throw ApiException.invalid(
          "contents", "* GenerateContentRequest.contents: contents is not specified");
    }
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Content content = contents.get(i);
      turns.add(
          new Turn(
              role(content.role(), "contents[" + i + "].role"),
              parts(content, "contents[" + i + "]")));
    }
    List<ai.pollux.content.Part> system =
        systemInstruction == null ? List.of() : parts(systemInstruction, "system_instruction");
    return new Conversation(system, turns, ToolMapping.declarations(tools));
  }

  private static Turn.Role role(@Nullable String role, String place) {
    return switch (role == null ? "user" : role.toLowerCase(Locale.ROOT)) {
      case "", "user" -> Turn.Role.USER;
      case "model" -> Turn.Role.MODEL;
      case "function", "tool" -> Turn.Role.TOOL;
      default ->
          throw ApiException.invalid(
              place, "Please use a valid role: user, model. Found \"" + role + "\".");
    };
  }

  List<ai.pollux.content.Part> parts(Content content, String place) {
    List<Part> parts = content.parts() == null ? List.of() : content.parts();
    List<ai.pollux.content.Part> mapped = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      mapped.add(part(parts.get(i), place + ".parts[" + i + "]"));
    }
    return mapped;
  }

  private ai.pollux.content.Part part(Part part, String place) {
    String text = part.text();
    if (text != null) {
      return Boolean.TRUE.equals(part.thought())
          ? new ai.pollux.content.Part.Thought(text)
          : new ai.pollux.content.Part.Text(text);
    }
    if (part.inlineData() != null) {
      String data = place + ".inline_data";
      return MediaMapping.part(
          MediaMapping.inline(part.inlineData(), data), part, resolution, data);
    }
    Part.FunctionCall call = part.functionCall();
    if (call != null) {
      return new ai.pollux.content.Part.ToolCall(
          orEmpty(call.id()),
          required(call.name(), place + ".function_call.name"),
          json(call.args()));
    }
    Part.FunctionResponse response = part.functionResponse();
    if (response != null) {
      return new ai.pollux.content.Part.ToolResult(
          orEmpty(response.id()),
          required(response.name(), place + ".function_response.name"),
          json(response.response()));
    }
    Part.ExecutableCode code = part.executableCode();
    if (code != null) {
      return new ai.pollux.content.Part.Code(orEmpty(code.language()), orEmpty(code.code()));
    }
    Part.CodeExecutionResult result = part.codeExecutionResult();
    if (result != null) {
      return new ai.pollux.content.Part.CodeResult(
          outcome(result.outcome()), orEmpty(result.output()));
    }
    if (part.fileData() != null) {
      String file = place + ".file_data";
      String uri = required(part.fileData().fileUri(), file + ".file_uri");
      return MediaMapping.part(
          files.open(uri, orEmpty(part.fileData().mimeType()), file + ".file_uri"),
          part,
          resolution,
          file);
    }
    throw ApiException.invalid(
        place + ".data",
        place + ".data: required oneof field 'data' must have one initialized field");
  }

  private static ai.pollux.content.Part.Outcome outcome(@Nullable String name) {
    return switch (orEmpty(name)) {
      case "OUTCOME_FAILED" -> ai.pollux.content.Part.Outcome.FAILED;
      case "OUTCOME_DEADLINE_EXCEEDED" -> ai.pollux.content.Part.Outcome.DEADLINE_EXCEEDED;
      default -> ai.pollux.content.Part.Outcome.OK;
    };
  }

  static Json json(@Nullable JsonNode node) {
    return node == null || node.isNull() ? Json.Obj.EMPTY : Json.parse(node.toString());
  }

  private static String required(@Nullable String value, String place) {
    if (value == null || value.isEmpty()) {
      throw ApiException.invalid(place, place + ": must not be empty");
    }
    return value;
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
