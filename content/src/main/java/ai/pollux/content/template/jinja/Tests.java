package ai.pollux.content.template.jinja;

import java.util.List;
import java.util.Map;

/** Jinja's tests: {@code value is name(arguments)}. */
final class Tests {
  private final Run run;
  private final Operators operators;

  Tests(Run run, Operators operators) {
    this.run = run;
    this.operators = operators;
  }

  boolean holds(String name, Object value, Value.Arguments in) {
    Object other = in.get(0, "other", Value.NONE);
    return switch (name) {
      case "defined" -> !(value instanceof Value.Undefined);
      case "undefined" -> value instanceof Value.Undefined;
      case "none" -> value instanceof Value.None;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "number" -> Operators.isNumber(value);
      case "mapping" -> value instanceof Map;
      case "sequence", "iterable" ->
          value instanceof List || value instanceof Map || value instanceof String;
      case "callable" -> value instanceof Value.Callable;
      case "odd" -> Math.floorMod(operators.whole(value), 2) == 1;
      case "even" -> Math.floorMod(operators.whole(value), 2) == 0;
      case "divisibleby" -> operators.binary("%", value, other).equals(0L);
      case "equalto", "eq", "==", "sameas" -> operators.compare("==", value, other);
      case "ne", "!=" -> operators.compare("!=", value, other);
      case "lt", "lessthan", "<" -> operators.compare("<", value, other);
      case "le", "<=" -> operators.compare("<=", value, other);
      case "gt", "greaterthan", ">" -> operators.compare(">", value, other);
      case "ge", ">=" -> operators.compare(">=", value, other);
      case "in" -> operators.compare("in", value, other);
      default -> throw run.error("no test named '" + name + "'");
    };
  }
}
