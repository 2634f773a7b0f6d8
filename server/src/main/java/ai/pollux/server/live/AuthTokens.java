package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that let somebody open live sessions without a key, for a short time. They are kept in
 * memory, by the hash of their secret: who reads the memory cannot use them, and they end with the
 * server. May be used by many threads.
 */
public final class AuthTokens {
  private static final String PREFIX = "auth_tokens/";
  private static final int SECRET_BYTES = 32;
  private static final int MOST_TOKENS = 10_000;
  private static final Duration LONGEST = Duration.ofHours(20);
  private static final Duration DEFAULT_LIFE = Duration.ofMinutes(30);
  private static final Duration DEFAULT_START = Duration.ofMinutes(1);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Entry> tokens = new HashMap<>();

  /** No tokens yet. */
  public AuthTokens(Clock clock) {
    this.clock = clock;
  }

  private static final class Entry {
    final Grant grant;
    final Instant startsUntil;
    int left;

    Entry(Grant grant, Instant startsUntil, int left) {
      this.grant = grant;
      this.startsUntil = startsUntil;
      this.left = left;
    }
  }

  /**
   * What a token allows.
   *
   * @param hash of its secret
   * @param expires when its sessions end
   * @param caller who made it: sessions are on its account
   */
  public record Grant(String hash, Instant expires, SetupMask mask, LiveCaller caller) {}

  /**
   * Makes a token for who asks.
   *
   * @throws ApiException INVALID_ARGUMENT where it may not be so, RESOURCE_EXHAUSTED where there
   *     are too many
   */
  public AuthToken create(AuthToken asked, LiveCaller caller) {
    Instant now = clock.instant();
    int uses = asked.uses() == null ? 1 : asked.uses();
    if (uses < 0) {
      throw ApiException.invalid("uses", "uses: expected at least 0, found %d.".formatted(uses));
    }
    Instant expires = time(asked.expireTime(), now, DEFAULT_LIFE, "expire_time");
    Instant startsUntil =
        time(asked.newSessionExpireTime(), now, DEFAULT_START, "new_session_expire_time");
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String name = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Grant grant =
        new Grant(
            hash(name),
            expires,
            SetupMask.of(asked.bidiGenerateContentSetup(), asked.fieldMask()),
            caller);
    synchronized (tokens) {
      tokens.values().removeIf(entry -> !entry.grant.expires().isAfter(now));
      if (tokens.size() >= MOST_TOKENS) {
        throw new ApiException(
            ApiException.Status.RESOURCE_EXHAUSTED,
            "There are %,d auth tokens already; wait until some expire.".formatted(MOST_TOKENS));
      }
      tokens.put(grant.hash(), new Entry(grant, startsUntil, uses == 0 ? Integer.MAX_VALUE : uses));
    }
    return AuthToken.named(name);
  }

  /**
   * What a token allows that somebody shows.
   *
   * @throws ApiException PERMISSION_DENIED where it is unknown or has expired
   */
  public Grant find(String name) {
    return entry(hash(name)).grant;
  }

  /**
   * Counts that a session starts.
   *
   * @throws ApiException PERMISSION_DENIED where no more may
   */
  void use(Grant grant) {
    synchronized (tokens) {
      Entry entry = entry(grant.hash());
      if (!entry.startsUntil.isAfter(clock.instant())) {
        throw denied("The auth token starts no new sessions since " + entry.startsUntil + ".");
      }
      if (entry.left == 0) {
        throw denied("The auth token was used as often as it may be.");
      }
      entry.left--;
    }
  }

  private Entry entry(String hash) {
    synchronized (tokens) {
      Entry entry = tokens.get(hash);
      if (entry == null) {
        throw denied("The auth token is not known; it may have expired long ago.");
      }
      if (!entry.grant.expires().isAfter(clock.instant())) {
        throw denied("The auth token expired at " + entry.grant.expires() + ".");
      }
      return entry;
    }
  }

  private static Instant time(
      @Nullable Instant given, Instant now, Duration otherwise, String name) {
    if (given == null) {
      return now.plus(otherwise);
    }
    if (!given.isAfter(now) || given.isAfter(now.plus(LONGEST))) {
      throw ApiException.invalid(
          name,
          "%s: expected a time within the next %d hours, found %s; it is %s."
              .formatted(name, LONGEST.toHours(), given, now));
    }
    return given;
  }

  private static ApiException denied(String message) {
    return new ApiException(ApiException.Status.PERMISSION_DENIED, message);
  }

  private static String hash(String name) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
