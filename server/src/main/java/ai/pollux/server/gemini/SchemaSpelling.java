package ai.pollux.server.gemini;

import ai.pollux.content.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keywords of schemas in one spelling. A schema is a message of the API, and proto3 JSON lets
 * clients write its members in snake_case too: {@code property_ordering}, as Google's Python SDK
 * sends it. Names of properties and values are left alone.
 */
final class SchemaSpelling {
  private static final Map<String, String> SNAKE_CASE =
      Map.of(
          "any_of", "anyOf",
          "max_items", "maxItems",
          "max_length", "maxLength",
          "max_properties", "maxProperties",
          "min_items", "minItems",
          "min_length", "minLength",
          "min_properties", "minProperties",
          "prefix_items", "prefixItems",
          "property_ordering", "propertyOrdering",
          "additional_properties", "additionalProperties");

  private SchemaSpelling() {}

  /** The same schema, its keywords in camelCase. */
  static Json camelCase(Json schema) {
    if (!(schema instanceof Json.Obj(Map<String, Json> members))) {
      return schema;
    }
    Map<String, Json> spelled = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      String keyword = SNAKE_CASE.getOrDefault(name, name);
      spelled.put(keyword, value(keyword, value));
    });
    return new Json.Obj(spelled);
  }

  private static Json value(String keyword, Json value) {
    return switch (keyword) {
      case "items", "additionalProperties" -> camelCase(value);
      case "properties", "$defs", "definitions" -> named(value);
      case "anyOf", "oneOf", "allOf", "prefixItems" ->
          value instanceof Json.Arr(List<Json> schemas)
              ? new Json.Arr(schemas.stream().map(SchemaSpelling::camelCase).toList())
              : value;
      default -> value;
    };
  }

  private static Json named(Json schemas) {
    if (!(schemas instanceof Json.Obj(Map<String, Json> members))) {
      return schemas;
    }
    Map<String, Json> spelled = new LinkedHashMap<>();
    members.forEach((name, schema) -> spelled.put(name, camelCase(schema)));
    return new Json.Obj(spelled);
  }
}
