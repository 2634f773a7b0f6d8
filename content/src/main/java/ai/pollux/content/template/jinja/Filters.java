package ai.pollux.content.template.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Jinja's filters: {@code value | name(arguments)}. */
final class Filters {
  private final Run run;
  private final Operators operators;
  private final Printer printer;
  private final Methods methods;
  private final Tests tests;

  Filters(Run run, Operators operators, Printer printer, Methods methods, Tests tests) {
    this.run = run;
    this.operators = operators;
    this.printer = printer;
    this.methods = methods;
    this.tests = tests;
  }

  Object apply(String name, Object value, Value.Arguments in) {
    Object result =
        switch (name) {
          case "default", "d" -> otherwise(value, in);
          case "tojson" -> printer.json(value, indent(in));
          case "length", "count" -> length(value);
          case "string", "safe" -> printer.str(value);
          case "int" -> toInt(value, in);
          case "float" -> toFloat(value, in);
          case "abs" -> operators.order(value, 0L) < 0 ? operators.negative(value) : value;
          case "items" -> value instanceof Map<?, ?> map ? methods.items(map) : List.of();
          case "dictsort" -> dictSort(value);
          case "attr" -> member(value, printer.str(in.get(0, "name", "")));
          case "trim",
              "upper",
              "lower",
              "capitalize",
              "title",
              "replace",
              "indent",
              "e",
              "escape" ->
              ofText(name, printer.str(value), in);
          default -> ofList(name, value, in);
        };
    if (result instanceof String text) {
      run.text(text.length());
    }
    return result;
  }

  private static Object otherwise(Object value, Value.Arguments in) {
    boolean falseToo = Value.isTrue(in.get(1, "boolean", false));
    boolean missing = value instanceof Value.Undefined || (falseToo && !Value.isTrue(value));
    return missing ? in.get(0, "default_value", "") : value;
  }

  private int indent(Value.Arguments in) {
    return in.get(0, "indent", Value.NONE) instanceof Long spaces ? Math.clamp(spaces, 0, 100) : -1;
  }

  private long length(Object value) {
    return value instanceof String text
        ? text.codePointCount(0, text.length())
        : operators.iterate(value).size();
  }

  private static Object toInt(Object value, Value.Arguments in) {
    try {
      return switch (value) {
        case Long number -> number;
        case Double number -> number.longValue();
        case Boolean flag -> flag ? 1L : 0L;
        case String text -> (long) Double.parseDouble(text.strip());
        default -> in.get(0, "default", 0L);
      };
    } catch (NumberFormatException e) {
      return in.get(0, "default", 0L);
    }
  }

  private Object toFloat(Object value, Value.Arguments in) {
    try {
      return Double.valueOf(printer.str(value).strip());
    } catch (NumberFormatException e) {
      return in.get(0, "default", 0.0);
    }
  }

  private String ofText(String name, String text, Value.Arguments in) {
    return switch (name) {
      case "trim" -> methods.strip(text, in, true, true);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> Methods.capitalize(text);
      case "title" -> Methods.title(text);
      case "replace" ->
          methods.replace(
              text, printer.str(in.get(0, "old", "")), printer.str(in.get(1, "new", "")));
      case "indent" -> indented(text, in);
      default ->
          text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("'", "&#39;")
              .replace("\"", "&#34;");
    };
  }

  private String indented(String text, Value.Arguments in) {
    Object width = in.get(0, "width", 4L);
    String space =
        width instanceof String given
            ? given
            : " ".repeat(Math.clamp(operators.whole(width), 0, 100));
    boolean first = Value.isTrue(in.get(1, "first", false));
    String indented = methods.replace(text, "\n", "\n" + space);
    boolean blank = Value.isTrue(in.get(2, "blank", false));
    String tidy =
        blank
            ? indented
            : indented.replaceAll("(?m)^" + java.util.regex.Pattern.quote(space) + "$", "");
    return first ? space + tidy : tidy;
  }

  private Object ofList(String name, Object value, Value.Arguments in) {
    List<?> list = operators.iterate(value);
    run.step(list.size());
    return switch (name) {
      case "list" -> list;
      case "first" -> list.isEmpty() ? new Value.Undefined("the first of none") : list.getFirst();
      case "last" -> list.isEmpty() ? new Value.Undefined("the last of none") : list.getLast();
      case "reverse" ->
          value instanceof String text
              ? new StringBuilder(text).reverse().toString()
              : list.reversed();
      case "join" ->
          methods.join(list.stream().map(keyed(in, 1)).toList(), printer.str(in.get(0, "d", "")));
      case "map" -> list.stream().map(mapper(in)).toList();
      case "select" -> list.stream().filter(chosen(in, 0)).toList();
      case "reject" -> list.stream().filter(chosen(in, 0).negate()).toList();
      case "selectattr" -> list.stream().filter(byMember(in)).toList();
      case "rejectattr" -> list.stream().filter(byMember(in).negate()).toList();
      case "sort" -> sorted(list, in);
      case "unique" -> unique(list);
      case "sum" -> sum(list, in);
      case "min" ->
          list.stream()
              .map(Object.class::cast)
              .min(operators::order)
              .orElse(new Value.Undefined("the least of none"));
      case "max" ->
          list.stream()
              .map(Object.class::cast)
              .max(operators::order)
              .orElse(new Value.Undefined("the most of none"));
      default -> throw run.error("no filter named '" + name + "'");
    };
  }

  private Object sum(List<?> list, Value.Arguments in) {
    Object total = in.get(1, "start", 0L);
    for (Object each : list) {
      total = operators.binary("+", total, keyed(in, 0).apply(each));
    }
    return total;
  }

  private Function<Object, Object> keyed(Value.Arguments in, int place) {
    return in.has(place, "attribute")
        ? each -> member(each, printer.str(in.get(place, "attribute", "")))
        : each -> each;
  }

  private Object member(Object of, String path) {
    Object found = of;
    for (String name : path.split("\\.")) {
      found = operators.index(found, name);
    }
    return found;
  }

  private Function<Object, Object> mapper(Value.Arguments in) {
    if (in.named().containsKey("attribute")) {
      Object otherwise = in.named().getOrDefault("default", new Value.Undefined("an attribute"));
      return each -> {
        Object found = keyed(in, Integer.MAX_VALUE).apply(each);
        return found instanceof Value.Undefined ? otherwise : found;
      };
    }
    String filter = printer.str(in.get(0, "filter", ""));
    return each -> apply(filter, each, in.rest());
  }

  private Predicate<Object> chosen(Value.Arguments in, int place) {
    if (!in.has(place, "test")) {
      return Value::isTrue;
    }
    String test = printer.str(in.get(place, "test", ""));
    List<Object> given = in.positional();
    Value.Arguments rest =
        new Value.Arguments(
            given.subList(Math.min(place + 1, given.size()), given.size()), Map.of());
    return each -> tests.holds(test, each, rest);
  }

  private Predicate<Object> byMember(Value.Arguments in) {
    String name = printer.str(in.get(0, "attribute", ""));
    Predicate<Object> test = chosen(in, 1);
    return each -> test.test(member(each, name));
  }

  private List<Object> sorted(List<?> list, Value.Arguments in) {
    boolean reverse = Value.isTrue(in.get(0, "reverse", false));
    boolean exact = Value.isTrue(in.get(1, "case_sensitive", false));
    Comparator<Object> order =
        Comparator.comparing(
            keyed(in, 2).andThen(key -> exact ? key : folded(key)), operators::order);
    List<Object> sorted = new ArrayList<>(list);
    sorted.sort(reverse ? order.reversed() : order);
    return sorted;
  }

  private static Object folded(Object key) {
    return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
  }

  private List<Object> dictSort(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw run.error("dictsort needs a dict, found " + Value.type(value));
    }
    List<Object> items = methods.items(map);
    items.sort(Comparator.comparing(item -> folded(((List<?>) item).getFirst()), operators::order));
    return items;
  }

  private List<Object> unique(List<?> list) {
    List<Object> kept = new ArrayList<>();
    for (Object each : list) {
      if (kept.stream().noneMatch(other -> operators.equal(folded(other), folded(each)))) {
        kept.add(each);
      }
    }
    return kept;
  }
}
