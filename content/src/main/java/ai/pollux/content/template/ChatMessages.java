package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as the list of messages that Jinja templates read: roles system, user, assistant
 * and tool; tool calls and thoughts beside the content. Results stand both in messages of their own
 * and, for Gemma 4, with the calls they answer.
 */
final class ChatMessages {
  private ChatMessages() {}

  static Json messages(Conversation conversation, boolean readsParts) {
    List<Json> messages = new ArrayList<>();
    if (!conversation.system().isEmpty()) {
      String text = Turns.text("A system instruction", conversation.system());
      messages.add(Json.object("role", Json.of("system"), "content", Json.of(text)));
    }
    List<Turn> turns = conversation.turns();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      switch (turn.role()) {
        case USER ->
            messages.add(
                Json.object("role", Json.of("user"), "content", content(turn, readsParts)));
        case MODEL -> messages.add(assistant(turn, Turns.resultsAfter(turns, i), readsParts));
        case TOOL ->
            Turns.only(Part.ToolResult.class, turn.parts())
                .forEach(result -> messages.add(tool(result)));
      }
    }
    return new Json.Arr(messages);
  }

  private static Json content(Turn turn, boolean readsParts) {
    List<Part> body = Turns.body(turn);
    boolean plain = body.isEmpty() || (body.size() == 1 && body.getFirst() instanceof Part.Text);
    return plain || !readsParts
        ? Json.of(Turns.text("This checkpoint's chat_template", body))
        : parts(body);
  }

  /** A list of parts, each with its type. */
  static Json parts(List<Part> body) {
    return new Json.Arr(
        body.stream()
            .map(part ->
                part instanceof Part.Text(String text)
                    ? Json.object("type", Json.of("text"), "text", Json.of(text))
                    : Json.object("type", Json.of(type(part))))
            .map(Json.class::cast)
            .toList());
  }

  private static String type(Part part) {
    return part.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  private static Json assistant(Turn turn, List<Part.ToolResult> results, boolean readsParts) {
    Map<String, Json> message = new LinkedHashMap<>();
    message.put("role", Json.of("assistant"));
    message.put("content", content(turn, readsParts));
    String thoughts = Turns.thoughts(turn.parts());
    if (!thoughts.isEmpty()) {
      message.put("reasoning_content", Json.of(thoughts));
    }
    List<Part.ToolCall> calls = Turns.only(Part.ToolCall.class, turn.parts());
    if (!calls.isEmpty()) {
      message.put("tool_calls", new Json.Arr(calls.stream().map(ChatMessages::call).toList()));
      message.put(
          "tool_responses",
          new Json.Arr(
              results.stream()
                  .<Json>map(result ->
                      Json.object(
                          "name",
                          Json.of(Turns.toolName(result, calls)),
                          "response",
                          result.response()))
                  .toList()));
    }
    return new Json.Obj(message);
  }

  private static Json call(Part.ToolCall call) {
    Json function = Json.object("name", Json.of(call.name()), "arguments", call.arguments());
    return Json.object("id", Json.of(call.id()), "type", Json.of("function"), "function", function);
  }

  private static Json tool(Part.ToolResult result) {
    String text =
        result.response() instanceof Json.Str(String plain) ? plain : result.response().toString();
    return Json.object(
        "role", Json.of("tool"),
        "tool_call_id", Json.of(result.id()),
        "name", Json.of(result.name()),
        "content", Json.of(text));
  }

  /** The declared tools; null where there are none, as the reference library gives it. */
  static Json tools(List<ToolDeclaration> tools) {
    if (tools.isEmpty()) {
      return Json.NULL;
    }
    return new Json.Arr(tools.stream().map(ChatMessages::tool).toList());
  }

  private static Json tool(ToolDeclaration tool) {
    Map<String, Json> function = new LinkedHashMap<>();
    function.put("name", Json.of(tool.name()));
    function.put("description", Json.of(tool.description()));
    if (!tool.parameters().members().isEmpty()) {
      function.put("parameters", tool.parameters());
    }
    if (!tool.response().members().isEmpty()) {
      function.put("response", tool.response());
    }
    return Json.object("type", Json.of("function"), "function", new Json.Obj(function));
  }
}
