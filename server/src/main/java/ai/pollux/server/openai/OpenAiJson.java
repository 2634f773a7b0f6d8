package ai.pollux.server.openai;

import ai.pollux.content.Json;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the OpenAI API's JSON: snake_case, unknown members read over. */
public final class OpenAiJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private OpenAiJson() {}

  /**
   * Reads a request body.
   *
   * @throws ApiException INVALID_ARGUMENT with the place of the mistake
   */
  public static <T> T read(byte[] body, Class<T> type) {
    return Wire.read(MAPPER, body, type);
  }

  /** The JSON of a message on one line. */
  public static String write(Object message) {
    return MAPPER.writeValueAsString(message);
  }

  /** A tree as a JSON value; absent as null. */
  static Json value(@Nullable JsonNode node) {
    return node == null ? Json.NULL : Json.parse(node.toString());
  }

  /**
   * A schema.
   *
   * @throws ApiException INVALID_ARGUMENT if it is no object
   */
  static Json.Obj schema(@Nullable JsonNode node, String place) {
    return switch (value(node)) {
      case Json.Obj object -> object;
      case Json.Null _ -> Json.Obj.EMPTY;
      case Json.Arr _, Json.Bool _, Json.Int _, Json.Real _, Json.Str _ ->
          throw ApiException.invalid(
              place, "Invalid value at '%s': expected a schema object.".formatted(place));
    };
  }

  /** The node, or something else where it is absent or null. */
  static Object or(@Nullable JsonNode node, Object otherwise) {
    return node == null || node.isNull() ? otherwise : node;
  }

  /** Whether there is something. */
  static boolean has(@Nullable JsonNode node) {
    return node != null && !node.isNull() && !node.isMissingNode();
  }
}
