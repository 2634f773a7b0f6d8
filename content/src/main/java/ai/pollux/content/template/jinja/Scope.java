package ai.pollux.content.template.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names and what they mean, inside those of another scope. */
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, Object> names = new HashMap<>();

  Scope(Map<String, Object> names) {
    this.outer = Optional.empty();
    this.names.putAll(names);
  }

  private Scope(Scope outer) {
    this.outer = Optional.of(outer);
  }

  Scope inner() {
    return new Scope(this);
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  Object get(String name) {
    for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
      if (scope.get().names.containsKey(name)) {
        return scope.get().names.get(name);
      }
    }
    return new Value.Undefined("'" + name + "'");
  }
}
