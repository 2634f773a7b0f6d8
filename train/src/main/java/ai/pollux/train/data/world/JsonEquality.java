package ai.pollux.train.data.world;

import ai.pollux.content.Json;

/** When two JSON values say the same: members in any order, numbers by value. */
final class JsonEquality {
  private JsonEquality() {}

  /** Whether a text is JSON, with or without a fence around it, that says the same. */
  static boolean reads(String text, Json value) {
    String inner = text.strip();
    if (inner.startsWith("```") && inner.endsWith("```") && inner.indexOf('\n') > 0) {
      inner = inner.substring(inner.indexOf('\n'), inner.length() - 3);
    }
    try {
      return equal(Json.parse(inner), value);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static boolean equal(Json a, Json b) {
    return switch (a) {
      case Json.Obj object ->
          b instanceof Json.Obj other
              && object.members().keySet().equals(other.members().keySet())
              && object.members().entrySet().stream()
                  .allMatch(member -> equal(member.getValue(), other.member(member.getKey())));
      case Json.Arr array -> b instanceof Json.Arr other && equal(array, other);
      case Json.Int number -> number(b, (double) number.value());
      case Json.Real number -> number(b, number.value());
      case Json.Str _, Json.Bool _, Json.Null _ -> a.equals(b);
    };
  }

  private static boolean equal(Json.Arr a, Json.Arr b) {
    if (a.values().size() != b.values().size()) {
      return false;
    }
    for (int i = 0; i < a.values().size(); i++) {
      if (!equal(a.values().get(i), b.values().get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean number(Json value, double expected) {
    return (value instanceof Json.Int(long whole) && whole == expected)
        || (value instanceof Json.Real(double real) && real == expected);
  }
}
