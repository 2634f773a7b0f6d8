package ai.pollux.server.openai;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation that is written down message by message. What the model says without a break is
 * one turn, and so are the results of tools; instructions stand before the rest, wherever they
 * come.
 */
public final class Dialogue {
  private final List<Part> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final Map<String, String> functionsById = new HashMap<>();

  /** Instructions; a blank line parts them from earlier ones. */
  public void instruct(List<Part> parts) {
    if (!system.isEmpty() && !parts.isEmpty()) {
      system.add(new Part.Text("\n\n"));
    }
    system.addAll(parts);
  }

  /** The user says this. */
  public void user(List<Part> parts) {
    turns.add(new Turn(Turn.Role.USER, parts));
  }

  /** The model says this. */
  public void model(List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        functionsById.put(call.id(), call.name());
      }
    }
    append(Turn.Role.MODEL, parts);
  }

  /**
   * What a function gave.
   *
   * @param id of the call
   * @param name of the function; may be empty where the call was seen before
   */
  public void result(String id, String name, Json response) {
    String function = name.isEmpty() ? functionsById.getOrDefault(id, "") : name;
    append(Turn.Role.TOOL, List.of(new Part.ToolResult(id, function, response)));
  }

  /** All of it. */
  public Conversation conversation(List<ToolDeclaration> tools) {
    return new Conversation(system, turns, tools);
  }

  private void append(Turn.Role role, List<Part> parts) {
    List<Part> all = new ArrayList<>();
    if (!turns.isEmpty() && turns.getLast().role() == role) {
      all.addAll(turns.removeLast().parts());
    }
    all.addAll(parts);
    turns.add(new Turn(role, all));
  }
}
