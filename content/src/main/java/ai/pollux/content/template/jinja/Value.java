package ai.pollux.content.template.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What expressions give: String, Long, Double, Boolean, {@code List<?>}, {@code Map<?, ?>} and the
 * types here.
 */
final class Value {
  /** Python's None. */
  static final None NONE = None.INSTANCE;

  private Value() {}

  /** The type of {@link #NONE}. */
  enum None {
    INSTANCE
  }

  /** What a name or a member that is not there gives. It prints as nothing. */
  record Undefined(String what) {}

  /** A macro, a method or a global function. */
  @FunctionalInterface
  interface Callable {
    Object call(Arguments arguments);
  }

  /** {@code namespace()}: the one value that a template can change. */
  record Namespace(Map<String, Object> members) {
    Namespace {
      members = new LinkedHashMap<>(members);
    }
  }

  /** {@code loop}, inside a for. */
  record Loop(List<?> items, int at, int depth) {
    Object member(String name) {
      return switch (name) {
        case "index" -> at + 1L;
        case "index0" -> (long) at;
        case "revindex" -> (long) items.size() - at;
        case "revindex0" -> items.size() - at - 1L;
        case "first" -> at == 0;
        case "last" -> at == items.size() - 1;
        case "length" -> (long) items.size();
        case "depth" -> (long) depth;
        case "depth0" -> depth - 1L;
        case "previtem" -> at > 0 ? items.get(at - 1) : new Undefined("loop.previtem");
        case "nextitem" ->
            at + 1 < items.size() ? items.get(at + 1) : new Undefined("loop.nextitem");
        case "cycle" ->
            (Callable) arguments -> arguments.positional().get(at % arguments.positional().size());
        default -> new Undefined("loop." + name);
      };
    }
  }

  /** The arguments of a call. */
  record Arguments(List<Object> positional, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The argument at a place or of a name; otherwise that. */
    Object get(int place, String name, Object otherwise) {
      return place < positional.size()
          ? positional.get(place)
          : named.getOrDefault(name, otherwise);
    }

    boolean has(int place, String name) {
      return place < positional.size() || named.containsKey(name);
    }

    /** These without the first. */
    Arguments rest() {
      return new Arguments(positional.subList(1, positional.size()), named);
    }
  }

  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case String text -> !text.isEmpty();
      case Long number -> number != 0;
      case Double number -> number != 0;
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> !(value instanceof None || value instanceof Undefined);
    };
  }

  /** Python's name of the type, for messages. */
  static String type(Object value) {
    return switch (value) {
      case Boolean _ -> "bool";
      case String _ -> "str";
      case Long _ -> "int";
      case Double _ -> "float";
      case List<?> _ -> "list";
      case Map<?, ?> _ -> "dict";
      case Undefined undefined -> undefined.what() + ", which is undefined";
      case Callable _ -> "function";
      case None _ -> "None";
      default -> "namespace";
    };
  }
}
