package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * JSON schemas, in the dialects of the Gemini API, as grammars: the OpenAPI one with types in
 * capitals and {@code nullable}, and JSON Schema with {@code $ref}. Members are written in {@code
 * propertyOrdering}, else in the order of {@code properties}, as Gemini does.
 */
final class SchemaReader {
  private static final int MOST_SCHEMAS = 5_000;
  private static final int MOST_DEPTH = 100;
  private static final Set<String> BESIDE_CHOICES =
      Set.of("anyOf", "oneOf", "allOf", "type", "nullable");

  private final Grammar grammar;
  private final Notation notation;
  private final Json root;
  private final String rootName;
  private final SchemaObjects objects;
  private final AnyValue any;
  private int schemas;
  private int depth;

  /**
   * For the schemas of one document.
   *
   * @param rootName what the document is called in messages, and in the names of its rules
   */
  SchemaReader(Grammar grammar, Notation notation, Json root, String rootName) {
    this.grammar = grammar;
    this.notation = notation;
    this.root = root;
    this.rootName = rootName;
    any = new AnyValue(grammar, notation);
    objects = new SchemaObjects(this, grammar, notation, any);
  }

  /**
   * What the whole document allows.
   *
   * @throws ShapeException naming the place of what is wrong or not understood
   */
  Expr read() {
    return read(root, rootName);
  }

  /** What a part of the document allows. */
  Expr read(Json schema, String where) {
    if (++schemas > MOST_SCHEMAS || ++depth > MOST_DEPTH) {
      throw new ShapeException(
          "%s: expected at most %d schemas, nested at most %d deep. Ask for less at once."
              .formatted(where, MOST_SCHEMAS, MOST_DEPTH));
    }
    Expr read =
        switch (schema) {
          case Json.Bool(boolean allowed) -> allowed ? any.value() : Expr.NOTHING;
          case Json.Obj object -> object(new SchemaKeywords(object, where));
          case Json.Null _, Json.Int _, Json.Real _, Json.Str _, Json.Arr _ ->
              throw new ShapeException(
                  "%s: expected a schema object, found %s".formatted(where, schema));
        };
    depth--;
    return read;
  }

  /** The same as a rule, for what is used in more than one place. */
  Expr rule(Json schema, String where) {
    return grammar.define(where, read(schema, where));
  }

  private Expr object(SchemaKeywords keywords) {
    keywords.check();
    if (keywords.has("$ref")) {
      return nullable(keywords, reference(keywords));
    }
    if (keywords.has("const")) {
      return notation.value(keywords.get("const"));
    }
    if (keywords.has("enum")) {
      return enumeration(keywords);
    }
    if (keywords.has("anyOf") || keywords.has("oneOf") || keywords.has("allOf")) {
      return nullable(keywords, choices(keywords));
    }
    if (isUntyped(keywords)) {
      return any.value();
    }
    List<String> types = keywords.types();
    List<Expr> ways = types.stream().map(type -> type(type, keywords)).toList();
    return ways.size() == 1 ? ways.getFirst() : new Expr.Choice(ways);
  }

  /** Whether nothing tells the type; that null is allowed does not. */
  private static boolean isUntyped(SchemaKeywords keywords) {
    return keywords.types().stream().allMatch("null"::equals) && !keywords.has("type");
  }

  private Expr nullable(SchemaKeywords keywords, Expr expr) {
    return keywords.get("nullable").equals(Json.of(true))
        ? Expr.choice(expr, Expr.literal("null"))
        : expr;
  }

  private Expr type(String type, SchemaKeywords keywords) {
    return switch (type) {
      case "null" -> Expr.literal("null");
      case "boolean" -> Expr.choice(Expr.literal("true"), Expr.literal("false"));
      case "integer" -> integer(keywords);
      case "number" ->
          Numbers.real(
              keywords.bound("minimum", "exclusiveMinimum", -1),
              keywords.bound("maximum", "exclusiveMaximum", 1),
              keywords.where());
      case "string" -> new SchemaStrings(notation, any).read(keywords);
      case "array" -> array(keywords);
      case "object" -> objects.read(keywords);
      default ->
          throw keywords.wrong(
              "type", "one of string, number, integer, boolean, array, object, null");
    };
  }

  private static Expr integer(SchemaKeywords keywords) {
    Optional<Numbers.Bound> least = keywords.bound("minimum", "exclusiveMinimum", -1);
    Optional<Numbers.Bound> most = keywords.bound("maximum", "exclusiveMaximum", 1);
    if (keywords.get("format").equals(Json.of("int32"))) {
      least = least.or(() -> bound(Integer.MIN_VALUE));
      most = most.or(() -> bound(Integer.MAX_VALUE));
    }
    return Numbers.whole(least, most, keywords.where());
  }

  private static Optional<Numbers.Bound> bound(int value) {
    return Optional.of(new Numbers.Bound(BigDecimal.valueOf(value), false));
  }

  /** The values of the type that is said, if one is. */
  private Expr enumeration(SchemaKeywords keywords) {
    List<String> types = keywords.types();
    List<Expr> values = new ArrayList<>();
    for (Json value : keywords.list("enum")) {
      if (isUntyped(keywords) || isOf(types, value)) {
        values.add(notation.value(value));
      }
    }
    if (types.contains("null") && !keywords.list("enum").contains(Json.NULL)) {
      values.add(Expr.literal("null"));
    }
    if (values.isEmpty()) {
      throw keywords.wrong("enum", "at least one value of the type");
    }
    return new Expr.Choice(values);
  }

  private static boolean isOf(List<String> types, Json value) {
    return switch (value) {
      case Json.Null _ -> types.contains("null");
      case Json.Bool _ -> types.contains("boolean");
      case Json.Int _ -> types.contains("integer") || types.contains("number");
      case Json.Real _ -> types.contains("number");
      case Json.Str _ -> types.contains("string");
      case Json.Arr _ -> types.contains("array");
      case Json.Obj _ -> types.contains("object");
    };
  }

  private Expr choices(SchemaKeywords keywords) {
    String name = keywords.has("anyOf") ? "anyOf" : keywords.has("oneOf") ? "oneOf" : "allOf";
    List<Json> alternatives = keywords.list(name);
    for (String other : keywords.schema().members().keySet()) {
      boolean isFine =
          BESIDE_CHOICES.contains(other) && (other.equals(name) || !other.endsWith("Of"));
      if (keywords.has(other) && !isFine && SchemaKeywords.isMeant(other)) {
        throw new ShapeException(
            "%s: this server cannot hold an answer to %s and %s at once; put %s into each alternative."
                .formatted(keywords.where(), name, other, other));
      }
    }
    if (alternatives.isEmpty() || (name.equals("allOf") && alternatives.size() > 1)) {
      throw keywords.wrong(
          name,
          name.equals("allOf") ? "one schema (join several into one)" : "at least one schema");
    }
    List<Expr> ways = new ArrayList<>();
    for (int i = 0; i < alternatives.size(); i++) {
      Json typed = withType(alternatives.get(i), keywords.get("type"));
      ways.add(read(typed, "%s.%s[%d]".formatted(keywords.where(), name, i)));
    }
    return new Expr.Choice(ways);
  }

  /** An alternative takes on the type that stands beside the choice, where it has none. */
  private static Json withType(Json alternative, Json type) {
    if (type instanceof Json.Null
        || !(alternative instanceof Json.Obj object)
        || object.members().containsKey("type")
        || object.members().containsKey("$ref")) {
      return alternative;
    }
    Map<String, Json> typed = new LinkedHashMap<>(object.members());
    typed.put("type", type);
    return new Json.Obj(typed);
  }

  private Expr reference(SchemaKeywords keywords) {
    String target = keywords.text("$ref");
    String name = rootName + " " + target;
    if (!grammar.rules().containsKey(name)) {
      // First a place holder, for schemas that refer to themselves.
      grammar.define(name, Expr.NOTHING);
      Json schema = new SchemaReferences(root).find(target, keywords.place("$ref"));
      grammar.rules().put(name, read(schema, keywords.where()));
    }
    return new Expr.Rule(name);
  }

  private Expr array(SchemaKeywords keywords) {
    int least = keywords.count("minItems").orElse(0);
    int most = keywords.count("maxItems").orElse(Expr.UNLIMITED);
    List<Json> first = keywords.list("prefixItems");
    List<Expr> prefix = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      prefix.add(read(first.get(i), "%s.prefixItems[%d]".formatted(keywords.where(), i)));
    }
    Expr item =
        keywords.has("items") ? rule(keywords.get("items"), keywords.place("items")) : any.value();
    return Expr.sequence(Expr.literal("["), items(prefix, item, least, most), Expr.literal("]"));
  }

  private Expr items(List<Expr> prefix, Expr item, int least, int most) {
    int count = Math.min(prefix.size(), most);
    if (count == 0) {
      if (most == 0) {
        return least == 0 ? Expr.EMPTY : Expr.NOTHING;
      }
      Expr some = Expr.sequence(item, more(item, Math.max(0, least - 1), less(most, 1)));
      return least == 0 ? Expr.optional(some) : some;
    }
    Expr rest =
        count < prefix.size()
            ? Expr.EMPTY
            : more(item, Math.max(0, least - count), less(most, count));
    for (int i = count - 1; i >= 0; i--) {
      Expr here =
          i == 0
              ? Expr.sequence(prefix.get(i), rest)
              : Expr.sequence(notation.comma(), prefix.get(i), rest);
      rest = i < least ? here : Expr.optional(here);
    }
    return rest;
  }

  private Expr more(Expr item, int least, int most) {
    return most < least
        ? Expr.NOTHING
        : new Expr.Repeat(Expr.sequence(notation.comma(), item), least, most);
  }

  private static int less(int most, int taken) {
    return most == Expr.UNLIMITED ? most : Math.max(0, most - taken);
  }
}
