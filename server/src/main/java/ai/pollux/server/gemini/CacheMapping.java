package ai.pollux.server.gemini;

import ai.pollux.content.Conversation;
import ai.pollux.content.Turn;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cached contents: when they expire, and requests that begin with them. */
public final class CacheMapping {
  private static final Duration DEFAULT_TTL = Duration.ofHours(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?s");

  private CacheMapping() {}

  /**
   * When a content expires that is made or changed now.
   *
   * @throws ApiException INVALID_ARGUMENT if that is no time, or past
   */
  public static Instant expires(CachedContent content, Instant now) {
    String ttl = content.ttl();
    if (ttl != null && content.expireTime() != null) {
      throw ApiException.invalid("expiration", "Only one of ttl and expire_time may be set.");
    }
    Instant expires =
        ttl != null
            ? now.plus(seconds(ttl))
            : Objects.requireNonNullElse(content.expireTime(), now.plus(DEFAULT_TTL));
    if (!expires.isAfter(now)) {
      throw ApiException.invalid(
          "expire_time", "expire_time: expected a time to come, found %s.".formatted(expires));
    }
    return expires;
  }

  private static Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      throw ApiException.invalid(
          "ttl", "ttl: expected seconds such as \"300s\", found \"%s\".".formatted(text));
    }
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      throw ApiException.invalid("ttl", "ttl: too long: \"%s\".".formatted(text));
    }
  }

  /** The cached beginning as a request of its own. */
  public static GenerateContentRequest request(CachedContent content) {
    return new GenerateContentRequest(
        content.model(),
        content.contents(),
        content.systemInstruction(),
        content.tools(),
        content.toolConfig(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * A request with the cached beginning in front.
   *
   * @throws ApiException INVALID_ARGUMENT if it has a beginning of its own
   */
  public static GenerateContentRequest join(CachedContent cached, GenerateContentRequest request) {
    if (request.systemInstruction() != null
        || request.tools() != null
        || request.toolConfig() != null) {
      throw ApiException.invalid(
          "cached_content",
          "CachedContent can not be used with GenerateContent request setting system_instruction, tools or tool_config. Move them into the CachedContent.");
    }
    return new GenerateContentRequest(
        request.model(),
        join(cached.contents(), request.contents()),
        cached.systemInstruction(),
        cached.tools(),
        cached.toolConfig(),
        request.safetySettings(),
        request.generationConfig(),
        null,
        request.serviceTier(),
        request.store(),
        request.labels());
  }

  /**
   * A conversation of another API with the cached beginning in front.
   *
   * @throws ApiException INVALID_ARGUMENT if it has a beginning of its own, or the cached one has
   *     functions, which the other API would not know
   */
  public static Conversation join(Conversation cached, Conversation conversation) {
    if (!conversation.system().isEmpty() || !conversation.tools().isEmpty()) {
      throw ApiException.invalid(
          "google.cached_content",
          "google.cached_content: a request that names one has no system message and no tools of its own. Move the instructions into the CachedContent.");
    }
    if (!cached.tools().isEmpty()) {
      throw ApiException.invalid(
          "google.cached_content",
          "google.cached_content: this CachedContent has tools. Use it in generateContent, or make one without.");
    }
    List<Turn> turns = new ArrayList<>(cached.turns());
    for (Turn turn : conversation.turns()) {
      boolean goesOn = !turns.isEmpty() && turns.getLast().role() == turn.role();
      List<ai.pollux.content.Part> parts =
          new ArrayList<>(goesOn ? turns.removeLast().parts() : List.of());
      parts.addAll(turn.parts());
      turns.add(new Turn(turn.role(), parts));
    }
    return new Conversation(cached.system(), turns, List.of());
  }

  /** Turns behind turns; where one side speaks twice its parts become one turn. */
  private static List<Content> join(@Nullable List<Content> first, @Nullable List<Content> then) {
    List<Content> all = new ArrayList<>(first == null ? List.of() : first);
    for (Content content : then == null ? List.<Content>of() : then) {
      if (!all.isEmpty() && isSame(all.getLast(), content)) {
        Content last = all.removeLast();
        List<Part> parts = new ArrayList<>(last.parts() == null ? List.of() : last.parts());
        parts.addAll(content.parts() == null ? List.of() : content.parts());
        all.add(new Content(parts, last.role()));
      } else {
        all.add(content);
      }
    }
    return all;
  }

  private static boolean isSame(Content one, Content other) {
    return role(one).equals(role(other));
  }

  private static String role(Content content) {
    return content.role() == null || content.role().isEmpty() ? "user" : content.role();
  }
}
