package ai.pollux.server.interactions;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.AnswerStream.Message;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.state.StoredInteraction.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Tells an interaction as events, each time what is new. An event's id says how far it tells: up to
 * which step, and how many characters of it. So a stream can be taken up after any event, with
 * nothing kept but the interaction itself; only how its text is cut may differ.
 */
public final class InteractionEvents {
  /** What ends a stream. */
  public static final Message DONE = new Message("", "[DONE]");

  private static final Pattern STEP = Pattern.compile("([0-9]{1,6})\\.(start|stop|[0-9]{1,9})");
  private static final int NOT_BEGUN = -1;

  private boolean hasCreated;
  private boolean hasStatus;
  private boolean hasEnded;
  private int step;
  private int told = NOT_BEGUN;

  /** From the beginning. */
  public InteractionEvents() {}

  /**
   * From after an event.
   *
   * @throws ApiException INVALID_ARGUMENT if that is none
   */
  public static InteractionEvents after(String eventId) {
    InteractionEvents events = new InteractionEvents();
    if (eventId.isEmpty()) {
      return events;
    }
    events.hasCreated = true;
    events.hasStatus = !eventId.equals("created");
    Matcher at = STEP.matcher(eventId);
    if (at.matches()) {
      boolean isStop = at.group(2).equals("stop");
      events.step = Integer.parseInt(at.group(1)) + (isStop ? 1 : 0);
      events.told =
          switch (at.group(2)) {
            case "stop" -> NOT_BEGUN;
            case "start" -> 0;
            default -> Integer.parseInt(at.group(2));
          };
    } else if (eventId.equals("end")) {
      events.hasEnded = true;
    } else if (!eventId.equals("created") && !eventId.equals("status")) {
      throw ApiException.invalid(
          "last_event_id",
          "last_event_id: expected the event_id of an event of this interaction, found \"%s\"."
              .formatted(eventId));
    }
    return events;
  }

  /** What has not been told yet. */
  public List<Message> advance(Interaction now) {
    List<Message> messages = new ArrayList<>();
    if (hasEnded) {
      return messages;
    }
    if (!hasCreated) {
      hasCreated = true;
      Status first = now.state() == Status.QUEUED ? Status.QUEUED : Status.IN_PROGRESS;
      messages.add(
          message(
              "interaction.created",
              "created",
              "interaction",
              now.at(first, now.created()).head()));
    }
    if (!hasStatus && now.state() != Status.QUEUED) {
      hasStatus = true;
      messages.add(
          message(
              "interaction.status_update",
              "status",
              "interaction_id",
              now.id(),
              "status",
              Status.IN_PROGRESS.word()));
    }
    List<Step> steps = now.said();
    while (step < steps.size() && tell(steps, now.state().isFinal(), messages)) {
      step++;
      told = NOT_BEGUN;
    }
    if (now.state().isFinal()) {
      hasEnded = true;
      messages.add(end(now));
    }
    return messages;
  }

  /** Tells what is new of the current step; whether it is whole. */
  private boolean tell(List<Step> steps, boolean isFinal, List<Message> messages) {
    Step current = steps.get(step);
    if (told == NOT_BEGUN) {
      told = 0;
      messages.add(
          message("step.start", step + ".start", "index", step, "step", beginning(current)));
    }
    String text = text(current);
    if (text.length() > told) {
      Object delta = delta(current, text.substring(told));
      told = text.length();
      messages.add(message("step.delta", step + "." + told, "index", step, "delta", delta));
    }
    boolean isWhole = isFinal || step < steps.size() - 1;
    if (isWhole) {
      messages.add(message("step.stop", step + ".stop", "index", step));
    }
    return isWhole;
  }

  private static Message end(Interaction now) {
    return now.errors() == null || now.errors().isEmpty()
        ? message("interaction.completed", "end", "interaction", now)
        : message("error", "end", "error", now.errors().getFirst());
  }

  private static Step beginning(Step step) {
    return switch (step) {
      case Step.UserInput _ -> new Step.UserInput(List.of());
      case Step.ModelOutput _ -> new Step.ModelOutput(List.of());
      case Step.Thought _ -> new Step.Thought(null, List.of());
      case Step.FunctionCall(var id, var name, var _) ->
          new Step.FunctionCall(id, name, JsonNodeFactory.instance.objectNode());
      case Step.FunctionResult result -> result;
    };
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.UserInput(var content) -> Step.text(content);
      case Step.ModelOutput(var content) -> Step.text(content);
      case Step.Thought(var _, var summary) -> Step.text(summary);
      case Step.FunctionCall(var _, var _, var arguments) -> String.valueOf(arguments);
      case Step.FunctionResult _ -> "";
    };
  }

  private static Object delta(Step step, String more) {
    return switch (step) {
      case Step.UserInput _, Step.ModelOutput _, Step.FunctionResult _ -> Content.ofText(more);
      case Step.Thought _ -> members("type", "thought_summary", "content", Content.ofText(more));
      case Step.FunctionCall _ -> members("type", "arguments_delta", "arguments", more);
    };
  }

  private static Message message(String type, String id, Object... namesAndValues) {
    Map<String, Object> members = members("event_type", type, "event_id", id);
    members.putAll(members(namesAndValues));
    return new Message(type, OpenAiJson.write(members));
  }

  private static Map<String, Object> members(Object... namesAndValues) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }
}
