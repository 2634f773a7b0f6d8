package ai.pollux.train.data.source;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** What the fields of a record mean. Stateless. */
public interface RecordFormat {
  /**
   * The sample that a record describes.
   *
   * @throws BadRecordException where a field is absent or not what it should be
   */
  Sample sample(String source, Json.Obj record);

  /** A field of text, which is learned whole. */
  static RecordFormat text(String field) {
    return (source, record) -> Sample.Document.of(source, string(record, field));
  }

  /** A question and its answer. */
  static RecordFormat answered(String promptField, String responseField) {
    return (source, record) ->
        dialogue(
            source,
            List.of(
                Turn.user(string(record, promptField)), Turn.model(string(record, responseField))));
  }

  /**
   * {@code {"messages": [{"role": "user", "content": "..."}, ...]}}: roles {@code system}, {@code
   * user}, and {@code assistant} or {@code model}. Ends with the model.
   */
  static RecordFormat messages() {
    return (source, record) -> {
      if (!(record.member("messages") instanceof Json.Arr(List<Json> messages))) {
        throw wrong("messages", "a list of messages", record.member("messages"));
      }
      List<Part> system = new ArrayList<>();
      List<Turn> turns = new ArrayList<>();
      for (Json each : messages) {
        if (!(each instanceof Json.Obj message)) {
          throw wrong("messages", "objects with role and content", each);
        }
        String said = string(message, "content");
        switch (string(message, "role")) {
          case "system" -> system.add(new Part.Text(said));
          case "user" -> turns.add(Turn.user(said));
          case "assistant", "model" -> turns.add(Turn.model(said));
          default ->
              throw wrong("role", "system, user, assistant or model", message.member("role"));
        }
      }
      return dialogue(source, system, turns);
    };
  }

  /**
   * A field of {@code Human:} and {@code Assistant:} turns, as in HH-RLHF: {@code chosen} for
   * demonstrations.
   */
  static RecordFormat humanAssistant(String field) {
    return (source, record) -> dialogue(source, HumanAssistant.turns(string(record, field)));
  }

  /**
   * Self-instruct: {@code instruction} and {@code instances} of {@code input} and {@code output}.
   * The first instance is taken.
   */
  static RecordFormat selfInstruct() {
    return (source, record) -> {
      if (!(record.member("instances") instanceof Json.Arr(List<Json> instances))
          || instances.isEmpty()
          || !(instances.getFirst() instanceof Json.Obj instance)) {
        throw wrong("instances", "a list with an instance", record.member("instances"));
      }
      String input = string(instance, "input");
      String question = string(record, "instruction") + (input.isBlank() ? "" : "\n\n" + input);
      return dialogue(source, List.of(Turn.user(question), Turn.model(string(instance, "output"))));
    };
  }

  /** A member that is a string. */
  private static String string(Json.Obj record, String field) {
    if (record.member(field) instanceof Json.Str(String value)) {
      return value;
    }
    throw wrong(field, "a string", record.member(field));
  }

  private static Sample dialogue(String source, List<Turn> turns) {
    return dialogue(source, List.of(), turns);
  }

  private static Sample dialogue(String source, List<Part> system, List<Turn> turns) {
    if (turns.isEmpty() || turns.getLast().role() != Turn.Role.MODEL) {
      throw new BadRecordException(
          "Expected a conversation that ends with the model, found %s. Nothing would be learned."
              .formatted(
                  turns.isEmpty() ? "no turn" : "one that ends with " + turns.getLast().role()));
    }
    if (turns.getLast().equals(Turn.model(""))) {
      throw new BadRecordException("Expected an answer, found an empty one.");
    }
    return new Sample.Dialogue(source, new Conversation(system, turns, List.of()), List.of());
  }

  private static BadRecordException wrong(String field, String expected, Json found) {
    String shown = found.toString();
    return new BadRecordException(
        "%s: expected %s, found %s."
            .formatted(
                field,
                expected,
                found instanceof Json.Null
                    ? "nothing"
                    : shown.substring(0, Math.min(60, shown.length()))));
  }
}
