package ai.pollux.library;

import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A whole answer.
 *
 * @param turns all that was said since the question: the model's turns, and between them what tools
 *     gave
 * @param end why it ended
 * @param seed of the draws; the same seed draws the same again
 */
public record Reply(Question question, List<Turn> turns, EndReason end, Tokens tokens, long seed) {
  public Reply {
    turns = List.copyOf(turns);
  }

  /** The last turn's text; empty where there is none. */
  public String text() {
    return turns.getLast().parts().stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining());
  }

  /** The last turn's thoughts; empty where there are none. */
  public String thoughts() {
    return turns.getLast().parts().stream()
        .filter(Part.Thought.class::isInstance)
        .map(part -> ((Part.Thought) part).text())
        .collect(Collectors.joining());
  }

  /** What was called, in order. */
  public List<Part.ToolCall> calls() {
    return turns.stream()
        .flatMap(turn -> turn.parts().stream())
        .filter(Part.ToolCall.class::isInstance)
        .map(Part.ToolCall.class::cast)
        .toList();
  }
}
