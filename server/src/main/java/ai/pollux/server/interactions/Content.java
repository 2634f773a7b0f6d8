package ai.pollux.server.interactions;

import org.jspecify.annotations.Nullable;

/**
 * A piece of what somebody says.
 *
 * @param type {@code text}, {@code image}, {@code audio}, {@code video} or {@code document}
 * @param text of a text
 * @param data bytes of any other as base64; or {@code uri} says where they are
 * @param resolution how finely it is to be looked at: {@code low}, {@code medium}, {@code high} or
 *     {@code ultra_high}
 */
public record Content(
    @Nullable String type,
    @Nullable String text,
    @Nullable String data,
    @Nullable String uri,
    @Nullable String mimeType,
    @Nullable String resolution) {
  /** A text. */
  static Content ofText(String text) {
    return new Content("text", text, null, null, null, null);
  }
}
