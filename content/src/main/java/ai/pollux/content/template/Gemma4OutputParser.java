package ai.pollux.content.template;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gemma 4's answers: {@code <|channel>thought\n...<channel|>} is thinking, {@code
 * <|tool_call>call:name{...}<tool_call|>} a call, the rest text. A stray end of a channel is
 * dropped, as are the marks of turns.
 */
public final class Gemma4OutputParser implements OutputParser {
  private static final String CHANNEL = "<|channel>";
  private static final String CHANNEL_END = "<channel|>";
  private static final String CALL = "<|tool_call>";
  private static final String CALL_END = "<tool_call|>";
  private static final String QUOTE = "<|\"|>";
  private static final List<String> IN_TEXT =
      List.of(CHANNEL, CHANNEL_END, CALL, CALL_END, "<|tool_response>", "<turn|>");

  private enum State {
    TEXT,
    CHANNEL_NAME,
    THOUGHT,
    CALL
  }

  private final Supplier<String> callIds;
  private final StringBuilder held = new StringBuilder();
  private State state = State.TEXT;
  private boolean malformed;

  /**
   * Begins an answer.
   *
   * @param callIds gives each tool call its id
   */
  public Gemma4OutputParser(Supplier<String> callIds) {
    this.callIds = callIds;
  }

  @Override
  public List<Part> push(String delta) {
    held.append(delta);
    List<Part> out = new ArrayList<>();
    boolean moved = true;
    while (moved) {
      moved =
          switch (state) {
            case TEXT -> text(out);
            case CHANNEL_NAME -> channelName();
            case THOUGHT -> thought(out);
            case CALL -> call(out);
          };
    }
    return out;
  }

  @Override
  public List<Part> end() {
    List<Part> out = new ArrayList<>();
    String rest = held.toString();
    switch (state) {
      case TEXT -> give(rest, Part.Text::new, out);
      case CHANNEL_NAME -> {}
      case THOUGHT -> give(withoutNewline(rest), Part.Thought::new, out);
      case CALL -> finishCall(rest, "", out); // the end token may have been the stop token
    }
    held.setLength(0);
    state = State.TEXT;
    return out;
  }

  @Override
  public boolean isMalformed() {
    return malformed;
  }

  @Override
  public boolean reads(String mark) {
    return IN_TEXT.contains(mark) || mark.equals(QUOTE);
  }

  @Override
  public boolean isThinking() {
    return state == State.CHANNEL_NAME || state == State.THOUGHT;
  }

  private boolean text(List<Part> out) {
    int at = -1;
    String mark = "";
    for (String each : IN_TEXT) {
      int found = held.indexOf(each);
      if (found >= 0 && (at < 0 || found < at)) {
        at = found;
        mark = each;
      }
    }
    give(take(at >= 0 ? at : held.length() - partialMark(IN_TEXT)), Part.Text::new, out);
    if (at < 0) {
      return false;
    }
    take(mark.length());
    state = mark.equals(CHANNEL) ? State.CHANNEL_NAME : mark.equals(CALL) ? State.CALL : State.TEXT;
    return true;
  }

  /** The channel's name ends with its line; an empty channel may end before that. */
  private boolean channelName() {
    int line = held.indexOf("\n");
    int end = held.indexOf(CHANNEL_END);
    if (line < 0 && end < 0) {
      return false;
    }
    take(line >= 0 && (end < 0 || line < end) ? line + 1 : end);
    state = State.THOUGHT;
    return true;
  }

  private boolean thought(List<Part> out) {
    int end = held.indexOf(CHANNEL_END);
    if (end >= 0) {
      give(withoutNewline(take(end)), Part.Thought::new, out);
      take(CHANNEL_END.length());
      state = State.TEXT;
      return true;
    }
    int keep = partialMark(List.of(CHANNEL_END));
    int free = held.length() - keep;
    give(take(free > 0 && held.charAt(free - 1) == '\n' ? free - 1 : free), Part.Thought::new, out);
    return false;
  }

  private boolean call(List<Part> out) {
    int end = held.indexOf(CALL_END);
    if (end < 0) {
      return false;
    }
    finishCall(take(end), CALL_END, out);
    take(CALL_END.length());
    state = State.TEXT;
    return true;
  }

  private void finishCall(String written, String mark, List<Part> out) {
    Optional<Part.ToolCall> call = read(written);
    if (call.isPresent()) {
      out.add(call.get());
    } else {
      malformed = true;
      give(CALL + written + mark, Part.Text::new, out);
    }
  }

  private Optional<Part.ToolCall> read(String written) {
    String text = written.strip();
    int brace = text.indexOf('{');
    if (!text.startsWith("call:") || brace < 0) {
      return Optional.empty();
    }
    String name = text.substring("call:".length(), brace).strip();
    Optional<Json.Obj> arguments = Gemma4Arguments.parse(text.substring(brace));
    return name.isEmpty()
        ? Optional.empty()
        : arguments.map(object -> new Part.ToolCall(callIds.get(), name, object));
  }

  /** How many characters at the end may be the beginning of one of these marks. */
  private int partialMark(List<String> marks) {
    for (int length = Math.min(held.length(), 15); length > 0; length--) {
      String tail = held.substring(held.length() - length);
      if (marks.stream().anyMatch(mark -> mark.startsWith(tail))) {
        return length;
      }
    }
    return 0;
  }

  private String take(int characters) {
    String taken = held.substring(0, characters);
    held.delete(0, characters);
    return taken;
  }

  private static void give(String text, Function<String, Part> kind, List<Part> out) {
    if (!text.isEmpty()) {
      out.add(kind.apply(text));
    }
  }

  private static String withoutNewline(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
