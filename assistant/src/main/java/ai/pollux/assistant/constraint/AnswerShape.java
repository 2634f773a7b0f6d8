package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import java.util.List;

/** What an answer is held to. Thoughts before it are free. */
public sealed interface AnswerShape {
  /** Nothing. */
  record Free() implements AnswerShape {}

  /** Any JSON value. */
  record AnyJson() implements AnswerShape {}

  /**
   * JSON of a schema.
   *
   * @param name what the schema is called in messages
   */
  record Schema(Json schema, String name) implements AnswerShape {}

  /** One of these texts. */
  record OneOf(List<String> texts) implements AnswerShape {
    public OneOf {
      texts = List.copyOf(texts);
    }
  }

  /** A text that a regular expression is the whole of. */
  record Pattern(String regex) implements AnswerShape {}

  /**
   * Calls of these tools, with arguments of their schemas.
   *
   * @param required whether there must be one; otherwise text may stand before them, or alone
   */
  record Calls(List<ToolDeclaration> tools, boolean required) implements AnswerShape {
    public Calls {
      tools = List.copyOf(tools);
    }
  }
}
