package ai.pollux.server.openapi;

/** What a body holds. */
public sealed interface Payload {
  /** No body. */
  record None() implements Payload {}

  /** One JSON message. */
  record Json(Class<?> type) implements Payload {}

  /**
   * Messages that come one by one: as server-sent events or as one JSON array.
   *
   * @param type of each
   */
  record Messages(Class<?> type) implements Payload {}

  /** Bytes or text of this media type. */
  record Raw(String mediaType) implements Payload {}
}
