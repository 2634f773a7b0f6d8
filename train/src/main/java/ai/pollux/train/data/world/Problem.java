package ai.pollux.train.data.world;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions and their answers, one after the other.
 *
 * @param task the name of the {@link Task}
 * @param system instructions; empty where there are none
 * @param tools what may be called
 * @param exchanges at least one; later ones may refer to what earlier ones show
 */
public record Problem(
    String task, String system, List<ToolDeclaration> tools, List<Exchange> exchanges) {
  /** Copies the lists. */
  public Problem {
    tools = List.copyOf(tools);
    exchanges = List.copyOf(exchanges);
  }

  /** All media, in order. */
  public List<Medium> media() {
    return exchanges.stream().flatMap(each -> each.media().stream()).toList();
  }

  /** What a model is to learn: the conversation with every answer. */
  public Sample.Dialogue dialogue() {
    List<Turn> turns = new ArrayList<>(asked(exchanges.size() - 1).turns());
    turns.add(answered(exchanges.getLast()));
    return new Sample.Dialogue(task, conversation(turns), media());
  }

  /**
   * What a model is shown to answer one of the questions: the conversation up to it, with the right
   * answers to those before.
   */
  public Conversation asked(int exchange) {
    List<Turn> turns = new ArrayList<>();
    for (Exchange before : exchanges.subList(0, exchange)) {
      turns.add(before.question());
      turns.add(answered(before));
    }
    turns.add(exchanges.get(exchange).question());
    return conversation(turns);
  }

  private static Turn answered(Exchange exchange) {
    return new Turn(Turn.Role.MODEL, exchange.answer().parts());
  }

  private Conversation conversation(List<Turn> turns) {
    List<Part> instructions = system.isEmpty() ? List.of() : List.of(new Part.Text(system));
    return new Conversation(instructions, turns, tools);
  }

  /** The same as running text, without turns: for pretraining. */
  public Sample.Document document() {
    return Documents.of(this);
  }
}
