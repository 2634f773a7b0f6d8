package ai.pollux.library;

import ai.pollux.content.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Records from JSON, and values to JSON. */
final class RecordJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private RecordJson() {}

  /**
   * A record.
   *
   * @throws PolluxException if the text is none
   */
  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new PolluxException(
          "expected JSON of %s, found %s. If it ends too early, allow more tokens: maxTokens(...)"
              .formatted(type.getSimpleName(), json.isEmpty() ? "nothing" : json),
          e);
    }
  }

  /** What a tool gave, as an object: a value that is none becomes its member {@code result}. */
  static Json.Obj result(Object value) {
    Json json = value instanceof Json given ? given : Json.parse(MAPPER.writeValueAsString(value));
    return json instanceof Json.Obj object ? object : Json.object("result", json);
  }
}
