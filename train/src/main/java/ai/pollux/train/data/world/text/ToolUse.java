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

  private record Wanted(Tool tool, Tool.Wish wish) {
    static Wanted of(Draw draw, List<Tool> possible) {
      Tool tool = draw.one(possible);
      return new Wanted(tool, tool.wish().apply(draw));
    }

    String content() {
      return tool.declaration().name() + wish.arguments();
    }
  }

  @Override
  public Problem pose(Draw draw) {
    List<Tool> declared = declared(draw);
    boolean fits = draw.chance(0.85);
    List<Tool> possible =
        Tool.ALL.stream().filter(tool -> declared.contains(tool) == fits).toList();
    Wanted wanted = draw.fresh(() -> Wanted.of(draw, possible), Wanted::content);
    Tool asked = wanted.tool;
    Tool.Wish wish = wanted.wish;
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

  /** One to four; among them one that takes more than a word, so that there is enough to ask. */
  private static List<Tool> declared(Draw draw) {
    return draw.until(
        () -> draw.some(Tool.ALL, draw.between(1, 4)),
        tools -> tools.stream().anyMatch(tool -> !Tool.NARROW.contains(tool.declaration().name())),
        100);
  }
}
