package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws schemas of every kind that is understood, each of which some value keeps to. */
final class RandomSchemas {
  private static final List<String> NAMES =
      List.of("a", "name", "ab", "n", "the thing", "naïve", "x,y:z", "quote\"", "type", "id");
  private static final List<String> PATTERNS =
      List.of(
          "^[a-z]+$",
          "^[A-Z]{2}-[0-9]{3}$",
          "ab",
          "^(foo|bar|b[aeiou]z)*$",
          "^\\d{4}-\\d{2}$",
          "^[^\"]{1,5}$",
          "(x|yy)+z?$",
          "^\\S+@\\S+$",
          "^é?[日本]{1,3}$",
          "^(a?b?){1,4}$",
          "[\\\\/]$");
  private static final List<String> FORMATS =
      List.of("date", "date-time", "time", "uuid", "ipv4", "email", "color");

  private final RandomGenerator random;
  private final Map<String, Json> definitions = new LinkedHashMap<>();
  private final boolean recursive;
  private boolean isInNode;

  private RandomSchemas(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    recursive = random.nextInt(4) == 0;
  }

  /** Any schema. */
  static Json.Obj any(long seed) {
    RandomSchemas schemas = new RandomSchemas(seed);
    return schemas.whole(schemas.schema(1 + schemas.random.nextInt(4)));
  }

  /** A schema of objects. */
  static Json.Obj object(long seed) {
    RandomSchemas schemas = new RandomSchemas(seed);
    return schemas.whole(schemas.object(1 + schemas.random.nextInt(3)));
  }

  private Json.Obj whole(Map<String, Json> schema) {
    if (recursive) {
      isInNode = true;
      definitions.put(
          "node",
          Json.object(
              "type", Json.of("object"),
              "properties",
                  Json.object(
                      "value", new Json.Obj(schema(1)),
                      "next", Json.object("$ref", Json.of("#/$defs/node")),
                      "all",
                          Json.object(
                              "type", Json.of("array"),
                              "items", Json.object("$ref", Json.of("#/$defs/node")))),
              "required", Json.strings(List.of("value")),
              "additionalProperties", Json.of(false)));
      schema.put("$defs", new Json.Obj(definitions));
    }
    return new Json.Obj(schema);
  }

  private Map<String, Json> schema(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 8)) {
      case 0 -> of("type", Json.of("boolean"));
      case 1 -> integer();
      case 2 -> number();
      case 3 -> string();
      case 4 -> enumeration();
      case 5 -> of("const", value());
      case 6 -> string();
      case 7 -> types();
      case 8, 9, 10 -> object(depth);
      case 11, 12 -> array(depth);
      default -> choice(depth);
    };
  }

  private Map<String, Json> integer() {
    Map<String, Json> schema = of("type", Json.of("integer"));
    long low = random.nextLong(-20_000, 20_000);
    long width = random.nextInt(3) == 0 ? 0 : random.nextLong(1, 30_000);
    switch (random.nextInt(5)) {
      case 0 -> schema.put("minimum", Json.of(low));
      case 1 -> schema.put("maximum", Json.of(low));
      case 2 -> {
        schema.put("minimum", Json.of(low));
        schema.put("maximum", Json.of(low + width));
      }
      case 3 -> {
        schema.put("exclusiveMinimum", Json.of(low));
        schema.put("exclusiveMaximum", Json.of(low + width + 2));
      }
      default -> {}
    }
    return schema;
  }

  private Map<String, Json> number() {
    Map<String, Json> schema = of("type", Json.of("number"));
    double low = random.nextInt(-9_000, 9_000) / Math.pow(10, random.nextInt(5));
    double high = low + random.nextInt(1, 5_000) / Math.pow(10, random.nextInt(5));
    switch (random.nextInt(5)) {
      case 0 -> schema.put("minimum", Json.of(low));
      case 1 -> schema.put("exclusiveMaximum", Json.of(high));
      case 2 -> {
        schema.put("minimum", Json.of(low));
        schema.put("maximum", Json.of(high));
      }
      case 3 -> {
        schema.put("exclusiveMinimum", Json.of(low));
        schema.put("exclusiveMaximum", Json.of(high));
      }
      default -> {}
    }
    return schema;
  }

  private Map<String, Json> string() {
    Map<String, Json> schema = of("type", Json.of("string"));
    switch (random.nextInt(6)) {
      case 0 -> schema.put("pattern", Json.of(pick(PATTERNS)));
      case 1 -> schema.put("format", Json.of(pick(FORMATS)));
      case 2 -> schema.put("minLength", Json.of(random.nextInt(40)));
      case 3 -> schema.put("maxLength", Json.of(random.nextInt(40)));
      case 4 -> {
        int least = random.nextInt(20);
        schema.put("minLength", Json.of(least));
        schema.put("maxLength", Json.of(least + random.nextInt(10)));
      }
      default -> {}
    }
    return schema;
  }

  private Map<String, Json> enumeration() {
    List<Json> values = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      values.add(value());
    }
    return of("enum", new Json.Arr(values.stream().distinct().toList()));
  }

  private Json value() {
    return switch (random.nextInt(8)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(random.nextInt(-1000, 1000));
      case 3 -> Json.of(random.nextInt(-1000, 1000) / 8.0);
      case 4 -> Json.array(Json.of(1), Json.of("é"));
      case 5 -> Json.object("a", Json.of(random.nextInt(9)), "b c", Json.of("x"));
      default ->
          Json.of(pick(List.of("red", "green", "", "a \"b\"", "new\nline", "日本", "x|y", "ab")));
    };
  }

  private Map<String, Json> types() {
    Map<String, Json> schema = of("type", Json.strings(List.of("string", "null", "integer")));
    schema.put("maxLength", Json.of(random.nextInt(12)));
    schema.put("minimum", Json.of(random.nextInt(100)));
    return schema;
  }

  private Map<String, Json> object(int depth) {
    Map<String, Json> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String name = pick(NAMES);
      boolean isNew = !properties.containsKey(name);
      // A node that needed a node would need another one without end: no value keeps to that.
      boolean isRecursive = recursive && !isInNode && random.nextInt(6) == 0;
      properties.put(
          name,
          isRecursive
              ? Json.object("$ref", Json.of("#/$defs/node"))
              : new Json.Obj(schema(depth - 1)));
      if (isNew && random.nextBoolean()) {
        required.add(name);
      }
    }
    Map<String, Json> schema = of("type", Json.of("object"));
    schema.put("properties", new Json.Obj(properties));
    schema.put("required", Json.strings(required));
    boolean isOpen = addOthers(schema);
    addCounts(schema, properties.size(), required.size(), isOpen);
    return schema;
  }

  private boolean addOthers(Map<String, Json> schema) {
    switch (random.nextInt(4)) {
      case 0 -> schema.put("additionalProperties", new Json.Obj(schema(0)));
      case 1 -> schema.put("additionalProperties", Json.of(true));
      case 2 -> schema.put("additionalProperties", Json.of(false));
      default -> {}
    }
    Json others = schema.getOrDefault("additionalProperties", Json.NULL);
    return others instanceof Json.Obj || others.equals(Json.of(true));
  }

  private void addCounts(Map<String, Json> schema, int declared, int required, boolean isOpen) {
    // Members that are not declared may by chance have one name twice, which counts once.
    if (random.nextInt(3) == 0 && !isOpen) {
      schema.put("minProperties", Json.of(random.nextInt(declared + 1)));
    }
    if (random.nextInt(3) == 0) {
      int least = schema.get("minProperties") instanceof Json.Int(long value) ? (int) value : 0;
      schema.put("maxProperties", Json.of(Math.max(least, required) + random.nextInt(3)));
    }
  }

  private Map<String, Json> array(int depth) {
    Map<String, Json> schema = of("type", Json.of("array"));
    if (random.nextInt(4) > 0) {
      schema.put("items", new Json.Obj(schema(depth - 1)));
    }
    if (random.nextInt(4) == 0) {
      List<Json> prefix = new ArrayList<>();
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        prefix.add(new Json.Obj(schema(depth - 1)));
      }
      schema.put("prefixItems", new Json.Arr(prefix));
    }
    int least = random.nextInt(4);
    if (random.nextBoolean()) {
      schema.put("minItems", Json.of(least));
    }
    if (random.nextBoolean()) {
      schema.put("maxItems", Json.of(least + random.nextInt(4)));
    }
    return schema;
  }

  /** Of different types, so that one of them exactly is kept to. */
  private Map<String, Json> choice(int depth) {
    List<Json> ways = new ArrayList<>(List.of(new Json.Obj(string()), new Json.Obj(number())));
    ways.add(new Json.Obj(random.nextBoolean() ? object(depth - 1) : array(depth - 1)));
    ways.remove(random.nextInt(ways.size()));
    return of(random.nextBoolean() ? "anyOf" : "oneOf", new Json.Arr(ways));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Map<String, Json> of(String name, Json value) {
    Map<String, Json> schema = new LinkedHashMap<>();
    schema.put(name, value);
    return schema;
  }
}
