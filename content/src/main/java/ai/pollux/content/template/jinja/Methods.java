package ai.pollux.content.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The methods of Python's strings and dictionaries that templates call. */
final class Methods {
  private final Run run;
  private final Operators operators;
  private final Printer printer;

  Methods(Run run, Operators operators, Printer printer) {
    this.run = run;
    this.operators = operators;
    this.printer = printer;
  }

  /** The method of that name, where the value has it. */
  Optional<Value.Callable> find(Object of, String name) {
    return switch (of) {
      case String text -> ofText(text, name);
      case Map<?, ?> map -> ofMap(map, name);
      default -> Optional.empty();
    };
  }

  private Optional<Value.Callable> ofMap(Map<?, ?> map, String name) {
    return Optional.ofNullable(
        switch (name) {
          case "get" ->
              in -> {
                Object otherwise = in.get(1, "default", Value.NONE);
                Object key = in.get(0, "key", Value.NONE);
                return map.containsKey(key) ? map.get(key) : otherwise;
              };
          case "items" -> _ -> items(map);
          case "keys" -> _ -> List.copyOf(map.keySet());
          case "values" -> _ -> List.copyOf(map.values());
          default -> null;
        });
  }

  List<Object> items(Map<?, ?> map) {
    run.step(map.size());
    List<Object> items = new ArrayList<>();
    map.forEach((name, value) -> items.add(List.of(name, value)));
    return items;
  }

  private Optional<Value.Callable> ofText(String text, String name) {
    return Optional.ofNullable(
        switch (name) {
          case "strip" -> in -> strip(text, in, true, true);
          case "lstrip" -> in -> strip(text, in, true, false);
          case "rstrip" -> in -> strip(text, in, false, true);
          case "split" -> in -> split(text, in, false);
          case "rsplit" -> in -> split(text, in, true);
          case "splitlines" -> _ -> text.lines().toList();
          case "startswith" -> in -> any(in).stream().anyMatch(text::startsWith);
          case "endswith" -> in -> any(in).stream().anyMatch(text::endsWith);
          case "removeprefix" -> in -> removed(text, string(in, 0), true);
          case "removesuffix" -> in -> removed(text, string(in, 0), false);
          case "replace" -> in -> replace(text, string(in, 0), string(in, 1));
          case "upper" -> _ -> text.toUpperCase(Locale.ROOT);
          case "lower" -> _ -> text.toLowerCase(Locale.ROOT);
          case "title" -> _ -> title(text);
          case "capitalize" -> _ -> capitalize(text);
          case "find" -> in -> (long) text.indexOf(string(in, 0));
          case "count" ->
              in -> (long) text.split(java.util.regex.Pattern.quote(string(in, 0)), -1).length - 1;
          case "join" -> in -> join(operators.iterate(in.get(0, "iterable", "")), text);
          case "isdigit" -> _ -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
          case "isalpha" -> _ -> !text.isEmpty() && text.codePoints().allMatch(Character::isLetter);
          default -> null;
        });
  }

  private String string(Value.Arguments in, int place) {
    if (in.get(place, "", Value.NONE) instanceof String text) {
      return text;
    }
    throw run.error("expected a string as argument " + (place + 1) + " of a string's method");
  }

  private List<String> any(Value.Arguments in) {
    return in.get(0, "prefix", "") instanceof List<?> several
        ? several.stream().map(printer::str).toList()
        : List.of(string(in, 0));
  }

  private static String removed(String text, String part, boolean start) {
    if (start) {
      return text.startsWith(part) ? text.substring(part.length()) : text;
    }
    return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
  }

  String strip(String text, Value.Arguments in, boolean start, boolean end) {
    String marks = in.get(0, "chars", Value.NONE) instanceof String given ? given : "";
    int from = 0;
    int to = text.length();
    while (start && from < to && strips(marks, text.charAt(from))) {
      from++;
    }
    while (end && to > from && strips(marks, text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean strips(String marks, char c) {
    return marks.isEmpty() ? PythonText.isSpace(c) : marks.indexOf(c) >= 0;
  }

  private List<String> split(String text, Value.Arguments in, boolean fromEnd) {
    long most = in.has(1, "maxsplit") ? operators.whole(in.get(1, "maxsplit", -1L)) : -1;
    List<String> pieces = new ArrayList<>();
    if (!(in.get(0, "sep", Value.NONE) instanceof String separator)) {
      String stripped = PythonText.strip(text);
      return stripped.isEmpty()
          ? List.of()
          : List.of(stripped.split("\\s+", most < 0 ? 0 : (int) most + 1));
    }
    if (separator.isEmpty()) {
      throw run.error("split needs a separator that is not empty");
    }
    String rest = text;
    int width = separator.length();
    int at = fromEnd ? rest.lastIndexOf(separator) : rest.indexOf(separator);
    int from = 0;
    while (at >= 0 && most-- != 0) {
      run.step(1);
      if (fromEnd) {
        pieces.addFirst(rest.substring(at + width));
        rest = rest.substring(0, at);
        run.text(at);
        at = rest.lastIndexOf(separator);
      } else {
        pieces.add(rest.substring(from, at));
        from = at + width;
        at = rest.indexOf(separator, from);
      }
    }
    if (fromEnd) {
      pieces.addFirst(rest);
    } else {
      pieces.add(rest.substring(from));
    }
    return pieces;
  }

  String replace(String text, String old, String with) {
    long places = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
    run.text(text.length());
    if (places * with.length() > text.length()) { // it may grow: count before making it
      long found =
          old.isEmpty() ? places : text.split(java.util.regex.Pattern.quote(old), -1).length - 1L;
      run.text(found * with.length());
    }
    return text.replace(old, with);
  }

  String join(List<?> values, String separator) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      String text = printer.str(values.get(i));
      run.step(1);
      run.text(text.length() + (long) separator.length());
      out.append(i == 0 ? "" : separator).append(text);
    }
    return out.toString();
  }

  static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inside = Character.isLetter(c);
    }
    return out.toString();
  }
}
