package ai.pollux.server.interactions;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.Usage;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.StoredInteraction.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** An interaction while its answer is written. One thread writes, others may look. */
public final class InteractionDraft {
  private enum Open {
    NOTHING,
    TEXT,
    THOUGHT
  }

  private final Interaction begun;
  private final boolean showsThoughts;
  private final Clock clock;
  private final Supplier<String> ids;
  private final List<Step> done = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private Open open = Open.NOTHING;
  private Status status = Status.COMPLETED;

  /**
   * Nothing written yet.
   *
   * @param ids gives another text with every call, for calls of functions that have none
   */
  public InteractionDraft(
      Interaction begun, InteractionRequest request, Clock clock, Supplier<String> ids) {
    this.begun = begun;
    this.clock = clock;
    this.ids = ids;
    showsThoughts = request.showsThoughts();
  }

  /**
   * Writes more.
   *
   * @throws ApiException UNAVAILABLE where the model was closed before its answer was whole
   */
  public synchronized void push(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Said more -> more.parts().forEach(this::write);
      case AnswerEvent.Ended end -> end(end.reason());
    }
  }

  private void write(Part part) {
    switch (part) {
      case Part.Text(String more) -> append(Open.TEXT, more);
      case Part.Thought(String more) -> {
        if (showsThoughts) {
          append(Open.THOUGHT, more);
        }
      }
      case Part.ToolCall call -> {
        close();
        done.add(
            new Step.FunctionCall(
                call.id().isEmpty() ? "call_" + ids.get() : call.id(),
                call.name(),
                JsonMapper.shared().readTree(call.arguments().toString())));
      }
      case Part.Image _,
          Part.Audio _,
          Part.Video _,
          Part.Document _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          throw new IllegalStateException("a model writes text, thoughts and calls, found " + part);
    }
  }

  private void append(Open kind, String more) {
    if (open != kind) {
      close();
      open = kind;
    }
    text.append(more);
  }

  private void close() {
    if (open != Open.NOTHING) {
      done.add(current());
      text.setLength(0);
      open = Open.NOTHING;
    }
  }

  private Step current() {
    List<Content> written = List.of(Content.ofText(text.toString()));
    return open == Open.TEXT ? new Step.ModelOutput(written) : new Step.Thought(null, written);
  }

  private void end(EndReason reason) {
    close();
    boolean calls = done.stream().anyMatch(Step.FunctionCall.class::isInstance);
    status =
        switch (reason) {
          case STOP, MALFORMED_CALL -> calls ? Status.REQUIRES_ACTION : Status.COMPLETED;
          case MAX_TOKENS -> Status.INCOMPLETE;
          case CANCELLED ->
              throw new ApiException(
                  ApiException.Status.UNAVAILABLE,
                  "The model was closed before its answer was whole.");
        };
  }

  /** As far as it has come. */
  public synchronized Interaction soFar() {
    return begun.with(steps(), null).at(Status.IN_PROGRESS, begun.updated());
  }

  /** With its end. */
  public synchronized Interaction whole(Usage usage) {
    return begun.with(steps(), Interaction.TokenCounts.of(usage)).at(status, now());
  }

  /** With an end before its time. */
  public synchronized Interaction cancelled() {
    return begun.with(steps(), null).at(Status.CANCELLED, now());
  }

  /** With why it does not go on. */
  public synchronized Interaction failed(ApiException why) {
    return begun.with(steps(), null).failed(InteractionError.of(why).error(), now());
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>(done);
    if (open != Open.NOTHING) {
      steps.add(current());
    }
    return steps;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
