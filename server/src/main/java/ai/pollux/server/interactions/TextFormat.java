package ai.pollux.server.interactions;

import ai.pollux.server.gemini.ApiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The form of an answer that is text.
 *
 * @param schema of the JSON that it is to be
 */
record TextFormat(@Nullable String mimeType, @Nullable JsonNode schema) {
  private static final String JSON = "application/json";
  private static final String PLACE = "response_format";

  /**
   * What {@code response_format} and {@code response_mime_type} come to.
   *
   * @throws ApiException INVALID_ARGUMENT
   */
  static TextFormat of(@Nullable JsonNode format, @Nullable String mimeType) {
    if (format == null || format.isNull() || format.isEmpty()) {
      return new TextFormat(mimeType, null);
    }
    if (format.isArray()) {
      if (format.size() > 1) {
        throw invalid(
            "response_format: this server answers in one form, found %d.".formatted(format.size()));
      }
      return of(format.path(0), mimeType);
    }
    if (!format.isObject()) {
      throw invalid("response_format: expected an object.");
    }
    String type = format.path("type").asString("");
    return switch (type) {
      case "audio", "image", "video" ->
          throw invalid(
              "response_format: this server answers with text, found \"%s\".".formatted(type));
      case "text" -> {
        JsonNode schema = format.path("schema");
        boolean hasSchema = schema.isObject();
        String named = format.path("mime_type").asString(mimeType == null ? "" : mimeType);
        yield new TextFormat(
            named.isEmpty() && hasSchema ? JSON : named, hasSchema ? schema : null);
      }
      default -> new TextFormat(mimeType == null ? JSON : mimeType, format);
    };
  }

  private static ApiException invalid(String message) {
    return ApiException.invalid(PLACE, message);
  }
}
