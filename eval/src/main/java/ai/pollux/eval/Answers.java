package ai.pollux.eval;

import ai.pollux.content.Part;
import java.util.List;
import java.util.stream.Collectors;

/** Answers as text. */
final class Answers {
  private Answers() {}

  /** What is said in words; thoughts and calls are not. */
  static String text(List<Part> answer) {
    return answer.stream()
        .map(part -> part instanceof Part.Text(String text) ? text : "")
        .collect(Collectors.joining());
  }

  /** All of it, for people to read. */
  static String shown(List<Part> answer) {
    return answer.stream()
        .map(part ->
            switch (part) {
              case Part.Text(String text) -> text;
              case Part.ToolCall(_, String name, var arguments) -> name + arguments;
              default -> "[" + part + "]";
            })
        .collect(Collectors.joining(" "));
  }
}
