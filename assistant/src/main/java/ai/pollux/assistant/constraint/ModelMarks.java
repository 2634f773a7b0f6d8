package ai.pollux.assistant.constraint;

import java.util.List;

/**
 * The control tokens of a family that answers may have: Gemma 4's, as {@code Gemma4OutputParser}
 * reads them. Other families write text alone.
 *
 * @param known those of them that the model's vocabulary has
 */
record ModelMarks(List<String> known) {
  static final String CALL = "<|tool_call>";
  static final String CALL_END = "<tool_call|>";
  static final String QUOTE = "<|\"|>";
  private static final String CHANNEL = "<|channel>";
  private static final String CHANNEL_END = "<channel|>";

  static final List<String> ALL = List.of(CALL, CALL_END, QUOTE, CHANNEL, CHANNEL_END);

  boolean haveCalls() {
    return known.containsAll(List.of(CALL, CALL_END, QUOTE));
  }

  /** What a model may think before it answers; nothing where it does not know how. */
  Expr thought() {
    return known.containsAll(List.of(CHANNEL, CHANNEL_END))
        ? Expr.optional(
            Expr.sequence(
                new Expr.Mark(CHANNEL),
                new Expr.Text(TextKind.FREE, 0, Expr.UNLIMITED),
                new Expr.Mark(CHANNEL_END)))
        : Expr.EMPTY;
  }
}
