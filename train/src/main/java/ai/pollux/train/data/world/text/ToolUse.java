package ai.pollux.train.data.world.text;

import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Task;
import java.util.ArrayList;
import java.util.List;

/** Which tool to call with what, what to say of its result, and when no tool fits. */
final class ToolUse implements Task {
  private static final String NONE = "I have no tool for that.";

  @Override
  public String name() {
    return "text.tools";
  }

  @Override
  public Problem pose(Draw draw) {
    List<Tool> declared = draw.some(Tool.ALL, draw.between(1, 4));
    boolean fits = draw.chance(0.85);
    Tool asked =
        draw.until(() -> draw.one(Tool.ALL), tool -> declared.contains(tool) == fits, 1000);
    Tool.Wish wish =
        draw.fresh(() -> asked.wish().apply(draw), w -> asked.declaration().name() + w.arguments());
    List<ToolDeclaration> tools = declared.stream().map(Tool::declaration).toList();
    if (!fits) {
      Answer none = new Answer.Said(NONE, new Answer.Choice("no tool", List.of()));
      return new Problem(name(), "", tools, List.of(Exchange.of(wish.request(), none)));
    }
    String called = asked.declaration().name();
    List<Exchange> exchanges = new ArrayList<>();
    exchanges.add(Exchange.of(wish.request(), new Answer.Call(called, wish.arguments())));
    if (draw.chance(0.6)) {
      exchanges.add(
          new Exchange(
              Turn.tool(new Part.ToolResult("", called, wish.result())),
              List.of(),
              new Answer.Said(wish.answer(), new Answer.Choice(wish.key(), List.of()))));
    }
    return new Problem(name(), "", tools, exchanges);
  }
}
