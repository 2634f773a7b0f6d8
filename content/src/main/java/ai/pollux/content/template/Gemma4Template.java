package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.content.template.jinja.PythonText;
import java.util.ArrayList;
import java.util.List;

/**
 * The turns of Gemma 4: a system turn that holds the thinking switch and the declared tools; the
 * model's tool calls and their results inside one model turn; thoughts of earlier turns left out.
 * Text for text what the published template of the 31B model gives.
 */
public final class Gemma4Template implements LearnableTemplate {
  private static final String EMPTY_THOUGHT = "<|channel>thought\n<channel|>";
  private static final String RESPONSE = "<|tool_response>";

  /** What is written, and what of it the model wrote. */
  private record Page(StringBuilder out, List<LearnedText.Span> said) {
    Page() {
      this(new StringBuilder("<bos>"), new ArrayList<>());
    }

    /** Everything from here on was said by the model. */
    void said(int from) {
      if (out.length() > from) {
        said.add(new LearnedText.Span(from, out.length()));
      }
    }
  }

  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    Page page = new Page();
    StringBuilder out = page.out();
    system(conversation, options.thinking(), out);
    List<Turn> turns = conversation.turns();
    int lastUser = lastUser(turns);
    boolean toolsOpen = false;
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).role() != Turn.Role.TOOL) {
        open(turns, i, out);
        toolsOpen = turn(turns, i, i > lastUser, page);
      }
    }
    if (options.generationPrompt() && !toolsOpen) {
      out.append("<|turn>model\n");
      out.append(options.thinking() ? "" : EMPTY_THOUGHT);
    }
    return out.toString();
  }

  @Override
  public LearnedText learnable(Conversation conversation) {
    List<Turn> turns = conversation.turns();
    int last = turns.size() - 1;
    if (last < 0 || turns.get(last).role() != Turn.Role.MODEL) {
      throw new TemplateException(
          "Nothing to learn: expected the conversation to end with a turn of the model's, found %s."
              .formatted(last < 0 ? "no turn" : "one of role " + turns.get(last).role()));
    }
    int lastUser = lastUser(turns);
    boolean thinking =
        turns.subList(lastUser + 1, last + 1).stream()
            .anyMatch(turn -> !Turns.thoughts(turn.parts()).isEmpty());
    Page page = new Page();
    system(conversation, thinking, page.out());
    for (int i = 0; i < last; i++) {
      if (turns.get(i).role() != Turn.Role.TOOL) {
        open(turns, i, page.out());
        turn(turns, i, i > lastUser, page);
      }
    }
    boolean opens = open(turns, last, page.out());
    page.out().append(opens && !thinking ? EMPTY_THOUGHT : "");
    Turn answer = turns.get(last);
    if (Turns.only(Part.ToolCall.class, answer.parts()).isEmpty()) {
      thoughts(answer, page);
    }
    turn(turns, last, true, page);
    return new LearnedText(page.out().toString(), page.said());
  }

  private static int lastUser(List<Turn> turns) {
    int last = turns.size() - 1;
    while (last >= 0 && turns.get(last).role() != Turn.Role.USER) {
      last--;
    }
    return last;
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

  /** Opens turn {@code at}, unless it goes on with the one before; returns whether it did. */
  private static boolean open(List<Turn> turns, int at, StringBuilder out) {
    boolean model = turns.get(at).role() == Turn.Role.MODEL;
    boolean opens = !(model && continuesModel(turns, at));
    out.append(!opens ? "" : model ? "<|turn>model\n" : "<|turn>user\n");
    return opens;
  }

  /** Writes turn {@code at}; returns whether it ends inside the model's tool calls. */
  private static boolean turn(List<Turn> turns, int at, boolean current, Page page) {
    StringBuilder out = page.out();
    Turn turn = turns.get(at);
    boolean model = turn.role() == Turn.Role.MODEL;
    List<Part.ToolCall> calls = Turns.only(Part.ToolCall.class, turn.parts());
    List<Part.ToolResult> results = calls.isEmpty() ? List.of() : Turns.resultsAfter(turns, at);
    if (current && !calls.isEmpty()) {
      thoughts(turn, page);
    }
    int begin = out.length();
    calls.forEach(call -> Gemma4Tools.call(call, out));
    page.said(begin);
    int response = out.length();
    results.forEach(
        result -> Gemma4Tools.result(Turns.toolName(result, calls), result.response(), out));
    if (!results.isEmpty()) { // the model opens it, and waits
      page.said().add(new LearnedText.Span(response, response + RESPONSE.length()));
    }
    List<Part> body = Turns.body(turn);
    int from = out.length();
    body.forEach(part -> body(part, model, out));
    boolean empty = body.isEmpty() || body.equals(List.of(new Part.Text("")));
    boolean media = body.stream().anyMatch(part -> !(part instanceof Part.Text));
    boolean waits = !calls.isEmpty() && results.isEmpty() && !media;
    boolean ends = !waits && (results.isEmpty() || !empty);
    out.append(waits ? RESPONSE : ends ? "<turn|>" : "");
    if (model) {
      page.said(from);
    }
    out.append(ends ? "\n" : "");
    return !calls.isEmpty() && !media;
  }

  private static void thoughts(Turn turn, Page page) {
    String thoughts = Turns.thoughts(turn.parts());
    if (!thoughts.isEmpty()) {
      int from = page.out().length();
      page.out().append("<|channel>thought\n").append(thoughts).append("\n<channel|>");
      page.said(from);
    }
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
