package ai.pollux.server.openai;

import ai.pollux.content.Part;
import ai.pollux.server.openai.AnswerStream.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The output of one response while it is written: items one after the other, text and thinking
 * growing, calls whole. Every change is told as events.
 */
final class ResponseOutput {
  private enum Open {
    NOTHING,
    TEXT,
    THOUGHT
  }

  private final boolean showsThoughts;
  private final boolean callsOnce;
  private final Supplier<String> ids;
  private final ResponseEvents events;
  private final List<OutputItem> items = new ArrayList<>();
  private final List<TokenLogprob> pending = new ArrayList<>();
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private Open open = Open.NOTHING;
  private String id = "";
  private boolean hasCalled;

  ResponseOutput(
      boolean showsThoughts, boolean callsOnce, Supplier<String> ids, ResponseEvents events) {
    this.showsThoughts = showsThoughts;
    this.callsOnce = callsOnce;
    this.ids = ids;
    this.events = events;
  }

  /** All items that are whole. */
  List<OutputItem> items() {
    return List.copyOf(items);
  }

  /** Log-probabilities of the text that comes next. */
  void score(List<TokenLogprob> scores) {
    pending.addAll(scores);
  }

  /** Writes a part. */
  List<Message> write(Part part) {
    return switch (part) {
      case Part.Text(String more) -> more.isEmpty() ? List.of() : text(more);
      case Part.Thought(String more) ->
          showsThoughts && !more.isEmpty() ? thought(more) : List.of();
      case Part.ToolCall call -> callsOnce && hasCalled ? List.of() : call(call);
      case Part.Image _,
          Part.Audio _,
          Part.Video _,
          Part.Document _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          throw new IllegalStateException("a model writes text, thoughts and calls, found " + part);
    };
  }

  /** Ends the item that is open. */
  List<Message> close(String status) {
    return switch (open) {
      case NOTHING -> List.of();
      case TEXT -> closeText(status);
      case THOUGHT -> closeThought(status);
    };
  }

  private List<Message> text(String more) {
    List<Message> told = new ArrayList<>();
    if (open != Open.TEXT) {
      told.addAll(close("completed"));
      begin(Open.TEXT, "msg_");
      told.add(added(new OutputItem.Message(id, "in_progress", "assistant", List.of())));
      told.add(ofContent("response.content_part.added", "part", OutputItem.Text.of("", List.of())));
    }
    text.append(more);
    List<TokenLogprob> scores = List.copyOf(pending);
    pending.clear();
    logprobs.addAll(scores);
    told.add(
        events.of(
            "response.output_text.delta",
            "item_id",
            id,
            "output_index",
            items.size(),
            "content_index",
            0,
            "delta",
            more,
            "logprobs",
            scores));
    return told;
  }

  private List<Message> closeText(String status) {
    logprobs.addAll(pending);
    pending.clear();
    OutputItem.Text whole = OutputItem.Text.of(text.toString(), List.copyOf(logprobs));
    List<Message> told = new ArrayList<>();
    told.add(
        events.of(
            "response.output_text.done",
            "item_id",
            id,
            "output_index",
            items.size(),
            "content_index",
            0,
            "text",
            whole.text(),
            "logprobs",
            whole.logprobs()));
    told.add(ofContent("response.content_part.done", "part", whole));
    told.add(done(new OutputItem.Message(id, status, "assistant", List.of(whole))));
    return told;
  }

  private Message ofContent(String type, String name, Object value) {
    return events.of(
        type, "item_id", id, "output_index", items.size(), "content_index", 0, name, value);
  }

  private List<Message> thought(String more) {
    List<Message> told = new ArrayList<>();
    if (open != Open.THOUGHT) {
      told.addAll(close("completed"));
      begin(Open.THOUGHT, "rs_");
      told.add(added(new OutputItem.Reasoning(id, "in_progress", List.of())));
      told.add(
          ofSummary("response.reasoning_summary_part.added", "part", OutputItem.Summary.of("")));
    }
    text.append(more);
    told.add(ofSummary("response.reasoning_summary_text.delta", "delta", more));
    return told;
  }

  private List<Message> closeThought(String status) {
    OutputItem.Summary whole = OutputItem.Summary.of(text.toString());
    List<Message> told = new ArrayList<>();
    told.add(ofSummary("response.reasoning_summary_text.done", "text", whole.text()));
    told.add(ofSummary("response.reasoning_summary_part.done", "part", whole));
    told.add(done(new OutputItem.Reasoning(id, status, List.of(whole))));
    return told;
  }

  private Message ofSummary(String type, String name, Object value) {
    return events.of(
        type, "item_id", id, "output_index", items.size(), "summary_index", 0, name, value);
  }

  private List<Message> call(Part.ToolCall call) {
    List<Message> told = new ArrayList<>(close("completed"));
    hasCalled = true;
    String itemId = "fc_" + ids.get();
    String callId = call.id().isEmpty() ? "call_" + ids.get() : call.id();
    String arguments = call.arguments().toString();
    told.add(added(new OutputItem.FunctionCall(itemId, "in_progress", callId, call.name(), "")));
    told.add(
        events.of(
            "response.function_call_arguments.delta",
            "item_id",
            itemId,
            "output_index",
            items.size(),
            "delta",
            arguments));
    told.add(
        events.of(
            "response.function_call_arguments.done",
            "item_id",
            itemId,
            "output_index",
            items.size(),
            "name",
            call.name(),
            "arguments",
            arguments));
    told.add(
        done(new OutputItem.FunctionCall(itemId, "completed", callId, call.name(), arguments)));
    return told;
  }

  private void begin(Open kind, String prefix) {
    open = kind;
    id = prefix + ids.get();
    text.setLength(0);
    logprobs.clear();
  }

  private Message added(OutputItem item) {
    return events.of("response.output_item.added", "output_index", items.size(), "item", item);
  }

  private Message done(OutputItem item) {
    open = Open.NOTHING;
    items.add(item);
    return events.of("response.output_item.done", "output_index", items.size() - 1, "item", item);
  }
}
