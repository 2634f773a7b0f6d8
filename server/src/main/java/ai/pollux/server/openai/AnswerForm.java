package ai.pollux.server.openai;

import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Json;
import ai.pollux.server.gemini.ApiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code response_format} and {@code text.format}: the form of an answer that is text. */
final class AnswerForm {
  private static final Json.Obj ANY_OBJECT =
      Json.object("type", Json.of("object"), "additionalProperties", Json.of(true));

  private AnswerForm() {}

  /**
   * The form.
   *
   * @param place of the format in the body
   * @throws ApiException INVALID_ARGUMENT, also where functions may be called besides: an answer
   *     cannot be held to both
   */
  static AnswerShape of(@Nullable JsonNode format, ToolUse tools, String place) {
    if (format == null || format.isNull()) {
      return tools.shape();
    }
    String type = format.path("type").asString("");
    AnswerShape shape =
        switch (type) {
          case "text" -> tools.shape();
          case "json_object" -> new AnswerShape.Schema(ANY_OBJECT, place);
          case "json_schema" -> schema(format, place);
          default ->
              throw ApiException.invalid(
                  place + ".type",
                  "%s.type: expected text, json_object or json_schema, found \"%s\"."
                      .formatted(place, type));
        };
    if (!type.equals("text") && !tools.shown().isEmpty()) {
      throw ApiException.invalid(
          place,
          "%s: \"%s\" together with tools is not supported. Leave out the tools, or set tool_choice to \"none\"."
              .formatted(place, type));
    }
    return shape;
  }

  /** Chat completions put it in {@code json_schema}, responses beside the type. */
  private static AnswerShape schema(JsonNode format, String place) {
    boolean isNested = format.path("json_schema").isObject();
    JsonNode schema = (isNested ? format.path("json_schema") : format).path("schema");
    String where = place + (isNested ? ".json_schema.schema" : ".schema");
    return new AnswerShape.Schema(
        OpenAiJson.has(schema) ? OpenAiJson.schema(schema, where) : ANY_OBJECT, where);
  }
}
