package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code goldens/chat/FAMILY.json}: conversations with the reference's rendering. */
final class GoldenChats {
  /** One row; {@code text} is null where the template refuses, and {@code error} says why. */
  record Row(String name, Json.Obj row) {
    Conversation conversation() {
      return GoldenChats.conversation(row);
    }

    TemplateOptions options() {
      Json.Obj options = (Json.Obj) row.member("options");
      return new TemplateOptions(
          options.member("add_generation_prompt").equals(Json.of(true)),
          options.member("enable_thinking").equals(Json.of(true)));
    }
  }

  private GoldenChats() {}

  static List<Row> rows(String family) {
    List<Row> rows = new ArrayList<>();
    for (Json each : list(Json.parse(read("chat/" + family + ".json")))) {
      Json.Obj row = (Json.Obj) each;
      rows.add(new Row(string(row.member("name")) + " " + row.member("options"), row));
    }
    return rows;
  }

  static String read(String golden) {
    Path file = TestFiles.golden(golden);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Conversation conversation(Json.Obj row) {
    List<Part> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (Json each : list(row.member("messages"))) {
      Json.Obj message = (Json.Obj) each;
      List<Part> content = content(message.member("content"));
      switch (string(message.member("role"))) {
        case "system", "developer" -> system.addAll(content);
        case "user" -> turns.add(new Turn(Turn.Role.USER, content));
        case "tool" -> {
          String id = string(message.member("tool_call_id"));
          turns.add(Turn.tool(new Part.ToolResult(id, "", Json.of(joined(content)))));
        }
        default -> assistant(message, content, turns);
      }
    }
    List<ToolDeclaration> tools = new ArrayList<>();
    for (Json tool : list(row.member("tools"))) {
      Json.Obj function = (Json.Obj) ((Json.Obj) tool).member("function");
      Json.Obj parameters =
          function.member("parameters") instanceof Json.Obj given ? given : Json.Obj.EMPTY;
      tools.add(
          new ToolDeclaration(
              string(function.member("name")), string(function.member("description")), parameters));
    }
    return new Conversation(system, turns, tools);
  }

  private static void assistant(Json.Obj message, List<Part> content, List<Turn> turns) {
    List<Part> parts = new ArrayList<>();
    if (message.member("reasoning_content") instanceof Json.Str(String thought)) {
      parts.add(new Part.Thought(thought));
    }
    parts.addAll(content);
    for (Json each : list(message.member("tool_calls"))) {
      Json.Obj call = (Json.Obj) each;
      Json.Obj function = (Json.Obj) call.member("function");
      String name = string(function.member("name"));
      parts.add(new Part.ToolCall(string(call.member("id")), name, function.member("arguments")));
    }
    turns.add(new Turn(Turn.Role.MODEL, parts));
    for (Json each : list(message.member("tool_responses"))) {
      Json.Obj response = (Json.Obj) each;
      String name = string(response.member("name"));
      turns.add(Turn.tool(new Part.ToolResult("", name, response.member("response"))));
    }
  }

  private static List<Part> content(Json content) {
    if (content instanceof Json.Str(String text)) {
      return List.of(new Part.Text(text));
    }
    List<Part> parts = new ArrayList<>();
    for (Json each : list(content)) {
      Json.Obj part = (Json.Obj) each;
      parts.add(
          switch (string(part.member("type"))) {
            case "text" -> new Part.Text(string(part.member("text")));
            case "image" -> new Part.Image(new Media("image/png", new byte[0]));
            case "audio" -> new Part.Audio(new Media("audio/wav", new byte[0]));
            case "video" -> new Part.Video(new Media("video/mp4", new byte[0]));
            default -> throw new AssertionError("a kind of part these tests do not know: " + part);
          });
    }
    return parts;
  }

  private static String joined(List<Part> parts) {
    return Turns.text("a tool's result", parts);
  }

  private static List<Json> list(Json value) {
    return value instanceof Json.Arr array ? array.values() : List.of();
  }

  static String string(Json value) {
    return value instanceof Json.Str(String text) ? text : "";
  }
}
