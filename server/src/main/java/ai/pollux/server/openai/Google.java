package ai.pollux.server.openai;

import ai.pollux.server.gemini.GenerationConfig.ThinkingConfig;
import org.jspecify.annotations.Nullable;

/**
 * What Google adds to requests: {@code google}, or {@code google} in {@code extra_body}.
 *
 * @param thoughtTagMarker the tag that thoughts stand in, before the answer; without one they come
 *     as {@code reasoning_content}
 */
public record Google(
    @Nullable ThinkingConfig thinkingConfig,
    @Nullable String cachedContent,
    @Nullable String thoughtTagMarker,
    @Nullable String mediaResolution) {
  /** Nothing said. */
  static final Google NONE = new Google(null, null, null, null);

  /** The envelope that OpenAI's Python client makes. */
  public record ExtraBody(@Nullable Google google) {}

  /** What a request says, in either place. */
  static Google of(@Nullable Google google, @Nullable ExtraBody extra) {
    if (google != null) {
      return google;
    }
    return extra == null || extra.google() == null ? NONE : extra.google();
  }

  /** The tag of thoughts; empty where there is none. */
  String tag() {
    return thoughtTagMarker == null ? "" : thoughtTagMarker;
  }

  /** Whether thoughts are to be shown. */
  boolean includesThoughts() {
    return thinkingConfig != null && Boolean.TRUE.equals(thinkingConfig.includeThoughts());
  }
}
