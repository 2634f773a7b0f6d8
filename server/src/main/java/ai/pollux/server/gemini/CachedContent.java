package ai.pollux.server.gemini;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of prompts, kept under a name. What it holds goes in and is never given out again.
 *
 * @param ttl how long it is kept, like {@code 300s}; or {@code expireTime} says until when
 */
public record CachedContent(
    @Nullable String name,
    @Nullable String model,
    @Nullable String displayName,
    @Nullable List<Content> contents,
    @Nullable Content systemInstruction,
    @Nullable List<Tool> tools,
    @Nullable ToolConfig toolConfig,
    @Nullable String ttl,
    @Nullable Instant createTime,
    @Nullable Instant updateTime,
    @Nullable Instant expireTime,
    @Nullable Usage usageMetadata) {
  /** How large it is. */
  public record Usage(int totalTokenCount) {}

  /** A page of the list. */
  public record Page(
      @Nullable List<CachedContent> cachedContents, @Nullable String nextPageToken) {}

  /** What is kept of it. */
  public CachedContent beginning() {
    return new CachedContent(
        null,
        null,
        null,
        contents,
        systemInstruction,
        tools,
        toolConfig,
        null,
        null,
        null,
        null,
        null);
  }
}
