package ai.pollux.server.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as it is stored, which cannot be turned back into what its owner sends.
 *
 * @param hint its first and last characters, so that people tell keys apart
 */
public record ApiKey(
    String id,
    String project,
    String name,
    Role role,
    String hint,
    Limits limits,
    Instant created,
    Optional<Instant> revoked) {
  /**
   * A key that was just made.
   *
   * @param secret what its owner sends; shown this once and stored nowhere
   */
  public record Created(ApiKey key, String secret) {}
}
