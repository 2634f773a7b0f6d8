package ai.pollux.assistant.constraint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rules that may use each other and themselves. */
final class Grammar {
  private final Map<String, Expr> rules = new LinkedHashMap<>();

  /** Says what a rule is; the first word on a rule counts. Returns a use of it. */
  Expr define(String name, Expr meaning) {
    rules.putIfAbsent(name, meaning);
    return new Expr.Rule(name);
  }

  /** What the rules say, by name. */
  Map<String, Expr> rules() {
    return rules;
  }
}
