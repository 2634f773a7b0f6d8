package ai.pollux.content;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a model is to answer.
 *
 * @param system instructions that stand before the first turn; empty where there are none
 * @param turns in order. Tool results in a user's turn (the Gemini API allows that) become a turn
 *     of role {@link Turn.Role#TOOL} before the rest of it.
 * @param tools what the model may call
 */
public record Conversation(List<Part> system, List<Turn> turns, List<ToolDeclaration> tools) {
  public Conversation {
    system = List.copyOf(system);
    turns = turns.stream().flatMap(turn -> split(turn).stream()).toList();
    tools = List.copyOf(tools);
  }

  /** One question, nothing else. */
  public static Conversation ask(String question) {
    return new Conversation(List.of(), List.of(Turn.user(question)), List.of());
  }

  private static List<Turn> split(Turn turn) {
    if (turn.role() != Turn.Role.USER) {
      return List.of(turn);
    }
    List<Part> results = new ArrayList<>(turn.parts());
    results.removeIf(part -> !(part instanceof Part.ToolResult));
    if (results.isEmpty()) {
      return List.of(turn);
    }
    List<Part> rest = new ArrayList<>(turn.parts());
    rest.removeIf(Part.ToolResult.class::isInstance);
    Turn tool = new Turn(Turn.Role.TOOL, results);
    return rest.isEmpty() ? List.of(tool) : List.of(tool, new Turn(Turn.Role.USER, rest));
  }
}
