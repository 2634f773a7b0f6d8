package ai.pollux.library;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * All that a question says, while it is being said. A {@link Question} has its own and keeps it.
 */
final class Draft {
  String system = "";
  final List<Turn> before = new ArrayList<>();
  final List<Part> parts = new ArrayList<>();
  final List<Tool<?>> tools = new ArrayList<>();
  boolean mustCall;
  boolean isThinking;
  Sampling sampling;
  OptionalInt maxTokens = OptionalInt.empty();
  List<String> stops = List.of();
  AnswerShape shape = new AnswerShape.Free();

  Draft(Sampling sampling) {
    this.sampling = sampling;
  }

  Draft copy() {
    Draft copy = new Draft(sampling);
    copy.system = system;
    copy.before.addAll(before);
    copy.parts.addAll(parts);
    copy.tools.addAll(tools);
    copy.mustCall = mustCall;
    copy.isThinking = isThinking;
    copy.maxTokens = maxTokens;
    copy.stops = stops;
    copy.shape = shape;
    return copy;
  }

  Turn turn() {
    return new Turn(Turn.Role.USER, parts);
  }

  List<ToolDeclaration> declarations() {
    List<ToolDeclaration> declarations = new ArrayList<>();
    tools.forEach(tool -> declarations.add(tool.declaration()));
    return declarations;
  }
}
