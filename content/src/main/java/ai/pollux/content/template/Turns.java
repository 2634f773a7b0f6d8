package ai.pollux.content.template;

import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.util.List;
import java.util.stream.Collectors;

/** What templates ask of a list of parts. */
final class Turns {
  private Turns() {}

  /** The parts of that kind, in order. */
  static <P extends Part> List<P> only(Class<P> kind, List<Part> parts) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What the model thought, joined. */
  static String thoughts(List<Part> parts) {
    return only(Part.Thought.class, parts).stream()
        .map(Part.Thought::text)
        .collect(Collectors.joining("\n"));
  }

  /** The parts that stand in the turn's body: text and media; code as fenced text. */
  static List<Part> body(Turn turn) {
    return turn.parts().stream()
        .<Part>mapMulti((part, out) -> {
          switch (part) {
            case Part.Thought _, Part.ToolCall _, Part.ToolResult _ -> {}
            case Part.Code code ->
                out.accept(new Part.Text(fenced(code.language(), code.source())));
            case Part.CodeResult result ->
                out.accept(new Part.Text(fenced("output", result.output())));
            case Part.Document document ->
                throw new TemplateException(
                    "Turn of role %s: no chat template knows documents, found %s. Send its text or its pages as images."
                        .formatted(turn.role(), document.media()));
            case Part.Text _, Part.Image _, Part.Audio _, Part.Video _ -> out.accept(part);
          }
        })
        .toList();
  }

  private static String fenced(String language, String text) {
    return "```" + language.toLowerCase(java.util.Locale.ROOT) + "\n" + text + "\n```";
  }

  /** The text of these parts, joined; media are refused with the name of the template. */
  static String text(String template, List<Part> parts) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Part.Text text)) {
        throw new TemplateException(
            template + " takes text alone here, found " + part.getClass().getSimpleName() + ".");
      }
      out.append(text.text());
    }
    return out.toString();
  }

  /** The results of the tool turns that follow turn {@code at} at once. */
  static List<Part.ToolResult> resultsAfter(List<Turn> turns, int at) {
    return turns.stream()
        .skip(at + 1L)
        .takeWhile(turn -> turn.role() == Turn.Role.TOOL)
        .flatMap(turn -> only(Part.ToolResult.class, turn.parts()).stream())
        .toList();
  }

  /** The name of the tool that gave this: the call's of the same id, else its own. */
  static String toolName(Part.ToolResult result, List<Part.ToolCall> calls) {
    return calls.stream()
        .filter(call -> !call.id().isEmpty() && call.id().equals(result.id()))
        .map(Part.ToolCall::name)
        .findFirst()
        .orElse(result.name().isEmpty() ? "unknown" : result.name());
  }
}
