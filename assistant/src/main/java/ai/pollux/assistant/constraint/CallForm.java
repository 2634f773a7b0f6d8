package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import java.util.List;

/** Tool calls as a model's template writes them: {@code <|tool_call>call:name{...}<tool_call|>}. */
record CallForm(Grammar grammar, ModelMarks marks) {
  /** The most calls of one answer. */
  private static final int MOST_CALLS = 16;

  /**
   * Calls of a shape.
   *
   * @throws ShapeException if the model's family has no form for calls, or there is none to call
   */
  Expr calls(AnswerShape.Calls shape) {
    if (!marks.haveCalls()) {
      throw new ShapeException(
          "This model has no form for function calls; expected one with the marks of Gemma 4 in its"
              + " vocabulary. Ask in mode AUTO or NONE, or for JSON of a schema.");
    }
    if (shape.tools().isEmpty()) {
      throw new ShapeException("A function call is asked for, and no function is declared.");
    }
    List<Expr> each = shape.tools().stream().map(this::call).toList();
    Expr one =
        Expr.sequence(
            new Expr.Mark(ModelMarks.CALL),
            Expr.literal("call:"),
            new Expr.Choice(each),
            new Expr.Mark(ModelMarks.CALL_END));
    Expr calls = new Expr.Repeat(one, 1, MOST_CALLS);
    return shape.required()
        ? calls
        : Expr.sequence(new Expr.Text(TextKind.FREE, 0, Expr.UNLIMITED), Expr.optional(calls));
  }

  private Expr call(ToolDeclaration tool) {
    Notation notation = new Gemma4Notation();
    Json.Obj schema = tool.parameters();
    String name = "tools." + tool.name() + ".parameters";
    if (schema.members().isEmpty()) {
      return Expr.literal(tool.name() + "{}");
    }
    if (!new SchemaKeywords(schema, name).types().equals(List.of("object"))
        && !schema.members().containsKey("$ref")) {
      throw new ShapeException(
          "%s: expected a schema of type object, found %s".formatted(name, schema.member("type")));
    }
    return Expr.sequence(
        Expr.literal(tool.name()), new SchemaReader(grammar, notation, schema, name).read());
  }
}
