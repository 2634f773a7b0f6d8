package ai.pollux.server.gemini;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Json;
import ai.pollux.content.ToolDeclaration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request says about the form of its answers, by media type, schema or tool mode. */
final class ShapeMapping {
  private static final String PLACE = "generation_config.";

  private ShapeMapping() {}

  /**
   * The form that answers are held to.
   *
   * @param tools what is declared and not switched off
   */
  static AnswerShape shape(
      GenerationConfig config, @Nullable ToolConfig toolConfig, List<ToolDeclaration> tools) {
    AnswerShape text = text(config);
    AnswerShape calls = calls(toolConfig, tools);
    if (!(text instanceof AnswerShape.Free) && !tools.isEmpty()) {
      throw invalid(
          "response_mime_type",
          "Function calling with a response mime type: '%s' is unsupported. Leave out the tools, or switch them off by mode NONE."
              .formatted(type(config)));
    }
    return text instanceof AnswerShape.Free ? calls : text;
  }

  private static AnswerShape calls(@Nullable ToolConfig config, List<ToolDeclaration> tools) {
    ToolMapping.Mode mode = ToolMapping.mode(config);
    List<String> allowed = ToolMapping.allowedNames(config, tools);
    List<ToolDeclaration> callable =
        tools.stream().filter(tool -> allowed.isEmpty() || allowed.contains(tool.name())).toList();
    return switch (mode) {
      case AUTO, NONE -> new AnswerShape.Free();
      case ANY -> new AnswerShape.Calls(callable, true);
      case VALIDATED ->
          callable.isEmpty() ? new AnswerShape.Free() : new AnswerShape.Calls(callable, false);
    };
  }

  private static AnswerShape text(GenerationConfig config) {
    String type = type(config);
    return switch (type) {
      case "text/plain" -> {
        if (has(config.responseSchema()) || has(config.responseJsonSchema())) {
          throw invalid(
              "response_schema",
              "A schema needs response_mime_type \"application/json\" or \"text/x.enum\"; found \"text/plain\".");
        }
        yield new AnswerShape.Free();
      }
      case "application/json" -> json(config);
      case "text/x.enum" -> choice(config);
      default ->
          throw invalid(
              "response_mime_type",
              "This server answers with text/plain, application/json or text/x.enum; found \"%s\"."
                  .formatted(type));
    };
  }

  private static String type(GenerationConfig config) {
    JsonNode format = textFormat(config);
    if (format != null) {
      String named = format.path("mimeType").asString(format.path("mime_type").asString(""));
      return switch (named.toUpperCase(Locale.ROOT)) {
        case "APPLICATION_JSON" -> "application/json";
        case "", "TEXT_PLAIN", "MIME_TYPE_UNSPECIFIED" ->
            format.has("schema") ? "application/json" : "text/plain";
        default -> named;
      };
    }
    String type = config.responseMimeType();
    return type == null || type.isEmpty() ? "text/plain" : type;
  }

  /** {@code responseFormat.text}, which says the same in other words. */
  private static @Nullable JsonNode textFormat(GenerationConfig config) {
    JsonNode format = config.responseFormat();
    if (format == null || format.isNull() || format.isEmpty()) {
      return null;
    }
    if (!format.path("text").isObject()) {
      throw invalid(
          "response_format", "This server answers with text; found a format without text.");
    }
    return format.path("text");
  }

  private static AnswerShape json(GenerationConfig config) {
    JsonNode format = textFormat(config);
    if (format != null && format.has("schema")) {
      return schema(format.path("schema"), "response_format.text.schema");
    }
    if (has(config.responseSchema()) && has(config.responseJsonSchema())) {
      throw invalid(
          "response_schema",
          "Only one of response_schema and response_json_schema can be set; found both.");
    }
    JsonNode own = config.responseSchema();
    if (own != null && !own.isNull()) {
      return schema(own, "response_schema");
    }
    JsonNode json = config.responseJsonSchema();
    return json != null && !json.isNull()
        ? schema(json, "response_json_schema")
        : new AnswerShape.AnyJson();
  }

  private static AnswerShape schema(JsonNode schema, String name) {
    return new AnswerShape.Schema(
        SchemaSpelling.camelCase(ConversationMapping.json(schema)), PLACE + name);
  }

  /** One of the words of a schema, without quotes. */
  private static AnswerShape choice(GenerationConfig config) {
    if (json(config) instanceof AnswerShape.Schema(Json.Obj schema, String _)
        && schema.member("enum") instanceof Json.Arr(List<Json> values)
        && !values.isEmpty()
        && values.stream().allMatch(Json.Str.class::isInstance)) {
      return new AnswerShape.OneOf(
          values.stream().map(value -> ((Json.Str) value).value()).toList());
    }
    throw invalid(
        "response_schema",
        "response_mime_type \"text/x.enum\" needs a schema with an enum of strings.");
  }

  private static boolean has(@Nullable JsonNode node) {
    return node != null && !node.isNull();
  }

  private static ApiException invalid(String name, String message) {
    return ApiException.invalid(PLACE + name, message);
  }
}
