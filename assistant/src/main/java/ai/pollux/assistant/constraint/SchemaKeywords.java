package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One schema object's keywords, read with their place for messages. */
record SchemaKeywords(Json.Obj schema, String where) {
  /** What changes which values are valid, and is understood. */
  private static final Set<String> MEANT =
      Set.of(
          "$ref",
          "additionalProperties",
          "allOf",
          "anyOf",
          "const",
          "enum",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "format",
          "items",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "nullable",
          "oneOf",
          "pattern",
          "prefixItems",
          "properties",
          "propertyOrdering",
          "required",
          "type");

  /** What says something to readers alone, or holds schemas for {@code $ref}. */
  private static final Set<String> SAID =
      Set.of(
          "$anchor",
          "$comment",
          "$defs",
          "$id",
          "$schema",
          "default",
          "definitions",
          "deprecated",
          "description",
          "example",
          "examples",
          "externalDocs",
          "readOnly",
          "title",
          "writeOnly");

  private static final int MOST_COUNT = 1_000_000;

  /**
   * Refuses what is not understood.
   *
   * @throws ShapeException naming the keyword and its place
   */
  void check() {
    for (Map.Entry<String, Json> member : schema.members().entrySet()) {
      String name = member.getKey();
      boolean saysNothing =
          member.getValue() instanceof Json.Null || member.getValue().equals(Json.of(false));
      boolean isKnown = MEANT.contains(name) || SAID.contains(name) || name.startsWith("x-");
      if (!isKnown && !saysNothing) {
        throw new ShapeException(
            "%s.%s: this server cannot hold an answer to this keyword; leave it out."
                .formatted(where, name));
      }
    }
  }

  /** Whether a keyword changes which values are valid. */
  static boolean isMeant(String name) {
    return MEANT.contains(name);
  }

  boolean has(String name) {
    boolean isNull = schema.member(name) instanceof Json.Null;
    return !isNull || (name.equals("const") && schema.members().containsKey(name));
  }

  Json get(String name) {
    return schema.member(name);
  }

  String place(String name) {
    return where + "." + name;
  }

  /** The types in small letters; {@code null} among them where the schema is nullable. */
  List<String> types() {
    List<String> types = new ArrayList<>();
    switch (schema.member("type")) {
      case Json.Str(String one) -> types.add(one.toLowerCase(Locale.ROOT));
      case Json.Arr(List<Json> many) -> many.forEach(each -> types.add(name(each)));
      case Json.Null _ -> types.addAll(implied());
      case Json.Bool _, Json.Int _, Json.Real _, Json.Obj _ ->
          throw wrong("type", "a name or a list of names");
    }
    types.remove("type_unspecified");
    if (schema.member("nullable").equals(Json.of(true)) && !types.contains("null")) {
      types.add("null");
    }
    return types;
  }

  private String name(Json type) {
    if (type instanceof Json.Str(String name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    throw wrong("type", "a name or a list of names");
  }

  /** Where nothing is said, what the other keywords speak of. */
  private List<String> implied() {
    if (has("properties") || has("additionalProperties") || has("required")) {
      return List.of("object");
    }
    if (has("items") || has("prefixItems") || has("minItems") || has("maxItems")) {
      return List.of("array");
    }
    if (has("pattern") || has("minLength") || has("maxLength")) {
      return List.of("string");
    }
    boolean isNumber =
        has("minimum") || has("maximum") || has("exclusiveMinimum") || has("exclusiveMaximum");
    return isNumber ? List.of("number") : List.of();
  }

  /** A count; Gemini writes 64-bit numbers as strings. */
  Optional<Integer> count(String name) {
    return number(name)
        .map(value -> {
          if (value.signum() < 0 || value.stripTrailingZeros().scale() > 0) {
            throw wrong(name, "a whole number that is not negative");
          }
          return value.min(BigDecimal.valueOf(MOST_COUNT)).intValueExact();
        });
  }

  Optional<BigDecimal> number(String name) {
    return switch (schema.member(name)) {
      case Json.Null _ -> Optional.empty();
      case Json.Int(long value) -> Optional.of(BigDecimal.valueOf(value));
      case Json.Real(double value) -> Optional.of(new BigDecimal(Double.toString(value)));
      case Json.Str(String value) when value.matches("-?[0-9]{1,19}") ->
          Optional.of(new BigDecimal(value));
      case Json.Str _, Json.Bool _, Json.Arr _, Json.Obj _ -> throw wrong(name, "a number");
    };
  }

  /** A bound of a range, the narrower of the two keywords. */
  Optional<Numbers.Bound> bound(String inclusive, String exclusive, int side) {
    Optional<Numbers.Bound> in = number(inclusive).map(each -> new Numbers.Bound(each, false));
    if (schema.member(exclusive) instanceof Json.Bool(boolean isExcluded)) { // as in draft 4
      return in.map(each -> new Numbers.Bound(each.value(), isExcluded));
    }
    Optional<Numbers.Bound> out = number(exclusive).map(each -> new Numbers.Bound(each, true));
    if (in.isEmpty() || out.isEmpty()) {
      return in.or(() -> out);
    }
    int order = Integer.signum(out.get().value().compareTo(in.get().value())) * side;
    return order <= 0 ? out : in;
  }

  String text(String name) {
    if (schema.member(name) instanceof Json.Str(String value)) {
      return value;
    }
    throw wrong(name, "a string");
  }

  List<Json> list(String name) {
    return switch (schema.member(name)) {
      case Json.Arr(List<Json> values) -> values;
      case Json.Null _ -> List.of();
      case Json.Str _, Json.Bool _, Json.Int _, Json.Real _, Json.Obj _ ->
          throw wrong(name, "a list");
    };
  }

  List<String> names(String name) {
    return list(name).stream()
        .map(each -> {
          if (each instanceof Json.Str(String value)) {
            return value;
          }
          throw wrong(name, "a list of strings");
        })
        .toList();
  }

  Map<String, Json> members(String name) {
    return switch (schema.member(name)) {
      case Json.Obj object -> object.members();
      case Json.Null _ -> Map.of();
      case Json.Str _, Json.Bool _, Json.Int _, Json.Real _, Json.Arr _ ->
          throw wrong(name, "an object");
    };
  }

  ShapeException wrong(String name, String expected) {
    return new ShapeException(
        "%s: expected %s, found %s".formatted(place(name), expected, schema.member(name)));
  }
}
