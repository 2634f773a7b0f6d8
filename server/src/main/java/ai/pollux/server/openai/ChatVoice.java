package ai.pollux.server.openai;

import ai.pollux.content.Part;
import ai.pollux.server.openai.ChatCompletion.FunctionCall;
import ai.pollux.server.openai.ChatCompletion.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One candidate's parts in the words of chat completions, in order, at once or bit by bit. */
final class ChatVoice {
  private final boolean showsThoughts;
  private final String tag;
  private final boolean callsOnce;
  private final Supplier<String> ids;
  private boolean isInTag;
  private int calls;

  /**
   * Before anything is said.
   *
   * @param tag what thoughts stand in; empty where they are kept apart from the text
   * @param callsOnce whether only the first call is given out
   * @param ids for calls that have none
   */
  ChatVoice(boolean showsThoughts, String tag, boolean callsOnce, Supplier<String> ids) {
    this.showsThoughts = showsThoughts;
    this.tag = tag;
    this.callsOnce = callsOnce;
    this.ids = ids;
  }

  /** What some parts come to. */
  record Said(String text, String thoughts, List<ToolCall> calls) {
    boolean isEmpty() {
      return text.isEmpty() && thoughts.isEmpty() && calls.isEmpty();
    }
  }

  /** Says more. */
  Said say(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    List<ToolCall> called = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Thought(String thought) -> {
          if (showsThoughts) {
            (tag.isEmpty() ? thoughts : text.append(enter())).append(thought);
          }
        }
        case Part.Text(String more) -> text.append(leave()).append(more);
        case Part.ToolCall call -> {
          text.append(leave());
          if (!callsOnce || calls == 0) {
            called.add(call(call));
          }
        }
        case Part.Image _,
            Part.Audio _,
            Part.Video _,
            Part.Document _,
            Part.ToolResult _,
            Part.Code _,
            Part.CodeResult _ ->
            throw new IllegalStateException(
                "a model writes text, thoughts and calls, found " + part);
      }
    }
    return new Said(text.toString(), thoughts.toString(), called);
  }

  /** What closes an answer that ends in a thought; usually nothing. */
  String end() {
    return leave();
  }

  /** Whether it called a function. */
  boolean hasCalled() {
    return calls > 0;
  }

  private String enter() {
    String mark = isInTag ? "" : ThoughtTag.open(tag);
    isInTag = true;
    return mark;
  }

  private String leave() {
    String mark = isInTag ? ThoughtTag.close(tag) : "";
    isInTag = false;
    return mark;
  }

  private ToolCall call(Part.ToolCall call) {
    String id = call.id().isEmpty() ? "call_" + ids.get() : call.id();
    return new ToolCall(
        calls++, id, "function", new FunctionCall(call.name(), call.arguments().toString()));
  }
}
