package ai.pollux.content.template.jinja;

import java.util.List;
import java.util.Map;

/** Values as text: Python's {@code str} and {@code repr}, and {@code json.dumps}. */
final class Printer {
  private final Run run;

  Printer(Run run) {
    this.run = run;
  }

  /** {@code str(value)}. */
  String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    repr(value, out);
    return out.toString();
  }

  private void repr(Object value, StringBuilder out) {
    run.enter();
    run.step(1);
    int before = out.length();
    switch (value) {
      case String text -> out.append(PythonText.quote(text));
      case Boolean flag -> out.append(flag ? "True" : "False");
      case Double number -> out.append(PythonText.number(number));
      case Long number -> out.append(number);
      case List<?> list -> {
        String separator = "[";
        for (Object each : list) {
          out.append(separator);
          repr(each, out);
          separator = ", ";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        String separator = "{";
        for (var member : map.entrySet()) {
          out.append(separator);
          repr(member.getKey(), out);
          out.append(": ");
          repr(member.getValue(), out);
          separator = ", ";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case Value.Undefined _ -> {}
      case Value.None _ -> out.append("None");
      default -> out.append('<').append(Value.type(value)).append('>');
    }
    run.text(value instanceof List || value instanceof Map ? 2 : out.length() - before);
    run.leave();
  }

  /** {@code json.dumps(value, ensure_ascii=False, indent=indent)}; a negative indent: one line. */
  String json(Object value, int indent) {
    StringBuilder out = new StringBuilder();
    json(value, indent, 1, out);
    return out.toString();
  }

  private void json(Object value, int indent, int level, StringBuilder out) {
    run.enter();
    run.step(1);
    int before = out.length();
    switch (value) {
      case String text -> jsonString(text, out);
      case Boolean flag -> out.append(flag);
      case Double number -> out.append(PythonText.number(number));
      case Long number -> out.append(number);
      case List<?> list -> {
        out.append('[');
        boolean first = true;
        for (Object each : list) {
          separate(first, indent, level, out);
          json(each, indent, level + 1, out);
          first = false;
        }
        close(first, indent, level, out).append(']');
      }
      case Map<?, ?> map -> {
        out.append('{');
        boolean first = true;
        for (var member : map.entrySet()) {
          separate(first, indent, level, out);
          jsonString(str(member.getKey()), out);
          out.append(": ");
          json(member.getValue(), indent, level + 1, out);
          first = false;
        }
        close(first, indent, level, out).append('}');
      }
      case Value.None _ -> out.append("null");
      default -> throw run.error("tojson: " + Value.type(value) + " has no JSON form");
    }
    run.text(value instanceof List || value instanceof Map ? 2 : out.length() - before);
    run.leave();
  }

  private void separate(boolean first, int indent, int level, StringBuilder out) {
    if (indent < 0) {
      out.append(first ? "" : ", ");
    } else {
      run.text((long) indent * level);
      out.append(first ? "\n" : ",\n").repeat(' ', indent * level);
    }
  }

  private static StringBuilder close(boolean empty, int indent, int level, StringBuilder out) {
    return empty || indent < 0 ? out : out.append('\n').repeat(' ', indent * (level - 1));
  }

  private static void jsonString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
