package ai.pollux.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (RFC 8259), immutable. {@code toString} of every value is its compact JSON text;
 * {@link #parse} reads it back.
 */
public sealed interface Json {
  /** The one null. */
  Json NULL = new Null();

  /** Nothing, on purpose. */
  record Null() implements Json {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A number written without fraction or exponent that fits 64 bits. */
  record Int(long value) implements Json {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** Any other number. JSON has no infinity and no NaN: {@code IllegalArgumentException}. */
  record Real(double value) implements Json {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("JSON has no " + value + ": write it as a string.");
      }
    }

    @Override
    public String toString() {
      return Double.toString(value);
    }
  }

  /** A string. */
  record Str(String value) implements Json {
    @Override
    public String toString() {
      return JsonText.quote(value);
    }
  }

  /** An array. */
  record Arr(List<Json> values) implements Json {
    public Arr {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** An object; members keep their order. */
  record Obj(Map<String, Json> members) implements Json {
    /** No members. */
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member of that name, or null where there is none. */
    public Json member(String name) {
      return members.getOrDefault(name, NULL);
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** A string as a JSON value. */
  static Json of(String value) {
    return new Str(value);
  }

  /** A flag as a JSON value. */
  static Json of(boolean value) {
    return new Bool(value);
  }

  /** A whole number as a JSON value. */
  static Json of(long value) {
    return new Int(value);
  }

  /** A number as a JSON value. */
  static Json of(double value) {
    return new Real(value);
  }

  /** An array of these. */
  static Json.Arr array(Json... values) {
    return new Arr(List.of(values));
  }

  /**
   * An object of these names and values, taken in turns: {@code object("city", Json.of("Ulm"))}.
   */
  static Json.Obj object(Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "Json.object takes names and values in turns, found " + namesAndValues.length);
    }
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
    }
    return new Obj(members);
  }

  /** An array of these strings. */
  static Json.Arr strings(List<String> values) {
    return new Arr(new ArrayList<>(values.stream().map(Json::of).toList()));
  }

  /**
   * Reads a JSON text.
   *
   * @throws IllegalArgumentException where it is not one, with line and column
   */
  static Json parse(String text) {
    return JsonText.parse(text);
  }
}
