package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.content.template.jinja.PythonText;
import java.util.List;

/**
 * The turns of Gemma 4: a system turn that holds the thinking switch and the declared tools; the
 * model's tool calls and their results inside one model turn; thoughts of earlier turns left out.
 * Text for text what the published template of the 31B model gives.
 */
public final class Gemma4Template implements ChatTemplate {
  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    StringBuilder out = new StringBuilder("<bos>");
    system(conversation, options.thinking(), out);
    List<Turn> turns = conversation.turns();
    int lastUser = -1;
    boolean toolsOpen = false;
    for (int i = 0; i < turns.size(); i++) {
      lastUser = turns.get(i).role() == Turn.Role.USER ? i : lastUser;
    }
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).role() != Turn.Role.TOOL) {
        toolsOpen = turn(turns, i, i > lastUser, out);
      }
    }
    if (options.generationPrompt() && !toolsOpen) {
      out.append("<|turn>model\n");
      out.append(options.thinking() ? "" : "<|channel>thought\n<channel|>");
    }
    return out.toString();
  }

  private static void system(Conversation conversation, boolean thinking, StringBuilder out) {
    if (!thinking && conversation.tools().isEmpty() && conversation.system().isEmpty()) {
      return;
    }
    out.append("<|turn>system\n").append(thinking ? "<|think|>\n" : "");
    String text = Turns.text("Gemma 4's system instruction", conversation.system());
    out.append(PythonText.strip(text));
    for (ToolDeclaration tool : conversation.tools()) {
      out.append("<|tool>").append(Gemma4Tools.declaration(tool).strip()).append("<tool|>");
    }
    out.append("<turn|>\n");
  }

  /** Writes turn {@code at}; returns whether it ends inside the model's tool calls. */
  private static boolean turn(List<Turn> turns, int at, boolean current, StringBuilder out) {
    Turn turn = turns.get(at);
    boolean model = turn.role() == Turn.Role.MODEL;
    if (!(model && continuesModel(turns, at))) {
      out.append(model ? "<|turn>model\n" : "<|turn>user\n");
    }
    List<Part.ToolCall> calls = Turns.only(Part.ToolCall.class, turn.parts());
    List<Part.ToolResult> results = calls.isEmpty() ? List.of() : Turns.resultsAfter(turns, at);
    String thoughts = Turns.thoughts(turn.parts());
    if (current && !calls.isEmpty() && !thoughts.isEmpty()) {
      out.append("<|channel>thought\n").append(thoughts).append("\n<channel|>");
    }
    calls.forEach(call -> Gemma4Tools.call(call, out));
    results.forEach(
        result -> Gemma4Tools.result(Turns.toolName(result, calls), result.response(), out));
    List<Part> body = Turns.body(turn);
    body.forEach(part -> body(part, model, out));
    boolean empty = body.isEmpty() || body.equals(List.of(new Part.Text("")));
    boolean media = body.stream().anyMatch(part -> !(part instanceof Part.Text));
    if (!calls.isEmpty() && results.isEmpty() && !media) {
      out.append("<|tool_response>");
    } else if (results.isEmpty() || !empty) {
      out.append("<turn|>\n");
    }
    return !calls.isEmpty() && !media;
  }

  private static boolean continuesModel(List<Turn> turns, int at) {
    int before = at - 1;
    while (before >= 0 && turns.get(before).role() == Turn.Role.TOOL) {
      before--;
    }
    return before >= 0 && turns.get(before).role() == Turn.Role.MODEL;
  }

  private static void body(Part part, boolean model, StringBuilder out) {
    switch (part) {
      case Part.Text text ->
          out.append(PythonText.strip(model ? withoutThoughts(text.text()) : text.text()));
      case Part.Image _ -> out.append("<|image|>");
      case Part.Audio _ -> out.append("<|audio|>");
      case Part.Video _ -> out.append("<|video|>");
      default -> throw new IllegalStateException("not a body part: " + part); // Turns.body
    }
  }

  /** Text between {@code <|channel>} and {@code <channel|>} is a thought that the client kept. */
  private static String withoutThoughts(String text) {
    StringBuilder kept = new StringBuilder();
    for (String piece : text.split("<channel\\|>", -1)) {
      int thought = piece.indexOf("<|channel>");
      kept.append(thought < 0 ? piece : piece.substring(0, thought));
    }
    return kept.toString();
  }
}
