package ai.pollux.assistant;

import ai.pollux.content.Part;
import ai.pollux.content.template.OutputParser;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads an answer that is held to be text: one thought where it begins with one, then text, in
 * which a spelled-out mark is no mark.
 */
final class ThoughtThenText implements OutputParser {
  private final OutputParser thought;
  private final OutputParser text = OutputParser.plain();
  private boolean isInText;

  /**
   * Begins an answer.
   *
   * @param thought reads the thought
   */
  ThoughtThenText(OutputParser thought) {
    this.thought = thought;
  }

  @Override
  public List<Part> push(String delta) {
    if (isInText || delta.isEmpty()) {
      return text.push(delta);
    }
    List<Part> parts = thought.push(delta);
    if (thought.isThinking()) {
      return parts;
    }
    isInText = true;
    return join(parts, thought.end());
  }

  @Override
  public List<Part> end() {
    return isInText ? text.end() : thought.end();
  }

  @Override
  public boolean isMalformed() {
    return thought.isMalformed();
  }

  @Override
  public boolean reads(String mark) {
    return !isInText && thought.reads(mark);
  }

  @Override
  public boolean isThinking() {
    return !isInText && thought.isThinking();
  }

  private static List<Part> join(List<Part> first, List<Part> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
