package ai.pollux.content.template;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Gemma 4's way of writing JSON: names without quotes, strings between {@code <|"|>} marks.
 * Plain JSON strings are understood too, as models fall into them.
 */
final class Gemma4Arguments {
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;
  private int depth;

  private Gemma4Arguments(String text) {
    this.text = text;
  }

  /** The object that is the whole of this text; empty where it is not one. */
  static Optional<Json.Obj> parse(String text) {
    Gemma4Arguments reader = new Gemma4Arguments(text);
    try {
      Json value = reader.value();
      reader.space();
      boolean whole = reader.at == text.length();
      return whole && value instanceof Json.Obj object ? Optional.of(object) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Json value() {
    space();
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
    }
    Json value =
        accept("{") ? object() : accept("[") ? array() : quoted() ? Json.of(string()) : word();
    depth--;
    return value;
  }

  private Json object() {
    Map<String, Json> members = new LinkedHashMap<>();
    space();
    while (!accept("}")) {
      String name = quoted() ? string() : until(":");
      space();
      expect(":");
      members.put(name.strip(), value());
      separator("}");
    }
    return new Json.Obj(members);
  }

  private Json array() {
    List<Json> values = new ArrayList<>();
    space();
    while (!accept("]")) {
      values.add(value());
      separator("]");
    }
    return new Json.Arr(values);
  }

  private void separator(String end) {
    space();
    if (!text.startsWith(end, at)) {
      expect(",");
      space();
    }
  }

  private boolean quoted() {
    return text.startsWith(Gemma4Tools.QUOTE, at) || text.startsWith("\"", at);
  }

  private String string() {
    if (accept(Gemma4Tools.QUOTE)) {
      String content = until(Gemma4Tools.QUOTE);
      expect(Gemma4Tools.QUOTE);
      return content;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    String json = text.substring(at, Math.min(end + 1, text.length()));
    at += json.length();
    return ((Json.Str) Json.parse(json)).value();
  }

  /** A number, true, false or null. */
  private Json word() {
    int end = at;
    while (end < text.length() && ",]}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String word = text.substring(at, end).strip();
    at = end;
    return word.equals("None") ? Json.NULL : Json.parse(word);
  }

  private String until(String mark) {
    int end = text.indexOf(mark, at);
    if (end < 0) {
      throw new IllegalArgumentException("expected " + mark);
    }
    String taken = text.substring(at, end);
    at = end;
    return taken;
  }

  private boolean accept(String word) {
    boolean found = text.startsWith(word, at);
    at += found ? word.length() : 0;
    return found;
  }

  private void expect(String word) {
    if (!accept(word)) {
      throw new IllegalArgumentException("expected " + word + " at " + at);
    }
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
