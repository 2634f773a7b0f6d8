package ai.pollux.content.template;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.template.jinja.PythonText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Gemma 4's own syntax for tools: JSON without quotes around names, strings between {@code <|"|>}
 * marks, members in order of name.
 */
final class Gemma4Tools {
  static final String QUOTE = "<|\"|>";

  /** Words of the schema language: a property of such a name is not declared. */
  private static final Set<String> SCHEMA_WORDS =
      Set.of("description", "type", "properties", "required", "nullable");

  private Gemma4Tools() {}

  static void call(Part.ToolCall call, StringBuilder out) {
    out.append("<|tool_call>call:").append(call.name()).append('{');
    switch (call.arguments()) {
      case Json.Obj arguments -> out.append(members(arguments, false));
      case Json.Str written -> out.append(written.value());
      case Json.Null _ -> {}
      case Json.Arr _, Json.Bool _, Json.Int _, Json.Real _ ->
          throw new TemplateException(
              "Gemma 4: arguments of %s must be an object, found %s"
                  .formatted(call.name(), call.arguments()));
    }
    out.append("}<tool_call|>");
  }

  static void result(String name, Json response, StringBuilder out) {
    out.append("<|tool_response>response:").append(name).append('{');
    out.append(
        response instanceof Json.Obj object
            ? members(object, false)
            : "value:" + value(response, false));
    out.append("}<tool_response|>");
  }

  private static String members(Json.Obj object, boolean quotedNames) {
    String quote = quotedNames ? QUOTE : "";
    return sorted(object).stream()
        .map(m -> quote + m.getKey() + quote + ":" + value(m.getValue(), quotedNames))
        .collect(Collectors.joining(","));
  }

  private static String value(Json value, boolean quotedNames) {
    return switch (value) {
      case Json.Str string -> QUOTE + string.value() + QUOTE;
      case Json.Bool flag -> flag.toString();
      case Json.Obj object -> "{" + members(object, quotedNames) + "}";
      case Json.Arr array ->
          array.values().stream()
              .map(each -> value(each, quotedNames))
              .collect(Collectors.joining(",", "[", "]"));
      case Json.Int number -> number.toString();
      case Json.Real number -> PythonText.number(number.value());
      case Json.Null _ -> "None"; // as the published template prints it
    };
  }

  static String declaration(ToolDeclaration tool) {
    StringBuilder out = new StringBuilder("declaration:").append(tool.name());
    out.append("{description:").append(QUOTE).append(tool.description()).append(QUOTE);
    Json.Obj parameters = tool.parameters();
    if (!parameters.members().isEmpty()) {
      out.append(",parameters:{");
      if (truthy(parameters.member("properties"))) {
        out.append("properties:{").append(properties(parameters.member("properties"))).append("},");
      }
      if (truthy(parameters.member("required"))) {
        out.append("required:").append(value(parameters.member("required"), true)).append(',');
      }
      if (truthy(parameters.member("type"))) {
        out.append("type:").append(type(parameters)).append('}');
      }
    }
    Json.Obj response = tool.response();
    if (!response.members().isEmpty()) {
      out.append(",response:{");
      if (truthy(response.member("description"))) {
        out.append("description:").append(value(response.member("description"), true)).append(',');
      }
      out.append(typeName(response).equals("OBJECT") ? "type:" + type(response) + "}" : "");
    }
    return out.append('}').toString();
  }

  private static String properties(Json schemas) {
    if (!(schemas instanceof Json.Obj object)) {
      throw new TemplateException(
          "Gemma 4: a schema's properties must be an object, found " + schemas);
    }
    StringJoiner out = new StringJoiner(",");
    for (var property : sorted(object)) {
      if (!SCHEMA_WORDS.contains(property.getKey())) {
        Json.Obj schema = property.getValue() instanceof Json.Obj is ? is : Json.Obj.EMPTY;
        out.add(property.getKey() + ":{" + schema(schema) + "}");
      }
    }
    return out.toString();
  }

  private static String schema(Json.Obj schema) {
    StringJoiner out = new StringJoiner(",");
    if (truthy(schema.member("description"))) {
      out.add("description:" + value(schema.member("description"), true));
    }
    String type = typeName(schema);
    if (type.equals("STRING") && truthy(schema.member("enum"))) {
      out.add("enum:" + value(schema.member("enum"), true));
    }
    if (type.equals("ARRAY") && schema.member("items") instanceof Json.Obj items && truthy(items)) {
      out.add("items:{" + items(items) + "}");
    }
    if (truthy(schema.member("nullable"))) {
      out.add("nullable:true");
    }
    if (type.equals("OBJECT")) {
      Json inner = schema.member("properties") instanceof Json.Obj given ? given : schema;
      out.add("properties:{" + properties(inner) + "}");
      if (truthy(schema.member("required"))) {
        out.add("required:" + value(schema.member("required"), true));
      }
    }
    return out.add("type:" + type(schema)).toString();
  }

  private static String items(Json.Obj items) {
    StringJoiner out = new StringJoiner(",");
    for (var member : sorted(items)) {
      Json value = member.getValue();
      if (value instanceof Json.Null) {
        continue;
      }
      out.add(
          member.getKey()
              + ":"
              + switch (member.getKey()) {
                case "properties" ->
                    "{" + (value instanceof Json.Obj object ? properties(object) : "") + "}";
                case "type" -> value(upper(value), true);
                default -> value(value, true);
              });
    }
    return out.toString();
  }

  private static Json upper(Json type) {
    return switch (type) {
      case Json.Str name -> Json.of(name.value().toUpperCase(Locale.ROOT));
      case Json.Arr names -> new Json.Arr(names.values().stream().map(Gemma4Tools::upper).toList());
      case Json.Bool _, Json.Int _, Json.Real _, Json.Null _, Json.Obj _ -> type;
    };
  }

  private static String type(Json.Obj schema) {
    return QUOTE + typeName(schema) + QUOTE;
  }

  /** The type in capitals; several types ({@code ["string", "null"]}) print as a Python list. */
  private static String typeName(Json.Obj schema) {
    return switch (upper(schema.member("type"))) {
      case Json.Str name -> name.value();
      case Json.Arr names ->
          names.values().stream()
              .map(name ->
                  name instanceof Json.Str(String word) ? "'" + word + "'" : name.toString())
              .collect(Collectors.joining(", ", "[", "]"));
      case Json.Null _, Json.Bool _, Json.Int _, Json.Real _, Json.Obj _ -> "";
    };
  }

  private static boolean truthy(Json value) {
    return switch (value) {
      case Json.Null _ -> false;
      case Json.Bool flag -> flag.value();
      case Json.Int number -> number.value() != 0;
      case Json.Real number -> number.value() != 0;
      case Json.Str text -> !text.value().isEmpty();
      case Json.Arr array -> !array.values().isEmpty();
      case Json.Obj object -> !object.members().isEmpty();
    };
  }

  private static List<Map.Entry<String, Json>> sorted(Json.Obj object) {
    return object.members().entrySet().stream()
        .sorted(Comparator.comparing(member -> member.getKey().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
