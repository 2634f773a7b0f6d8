package ai.pollux.server.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token is to allow, and the answer that names it.
 *
 * @param name {@code auth_tokens/} and the secret; only in answers
 * @param uses sessions that it may start; 0 for any number, absent for 1
 * @param expireTime when its sessions end; absent for in half an hour
 * @param newSessionExpireTime until when it starts sessions; absent for a minute
 * @param bidiGenerateContentSetup what the sessions are held to
 * @param fieldMask the members that are taken from it, separated by commas; absent for all
 */
public record AuthToken(
    @Nullable String name,
    @Nullable Integer uses,
    @Nullable Instant expireTime,
    @Nullable Instant newSessionExpireTime,
    @Nullable Setup bidiGenerateContentSetup,
    @Nullable String fieldMask) {

  /** The answer to creating one. */
  static AuthToken named(String name) {
    return new AuthToken(name, null, null, null, null, null);
  }
}
