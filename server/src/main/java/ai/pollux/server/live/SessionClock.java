package ai.pollux.server.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a session has lasted and been quiet, and what follows. For one thread at a time. */
final class SessionClock {
  private final LiveLimits limits;
  private final Clock clock;
  private final Optional<AuthTokens.Grant> grant;
  private final Instant opened;
  private Instant lastHeard;
  private boolean hasWarned;

  /** Starts now. */
  SessionClock(LiveLimits limits, Clock clock, Optional<AuthTokens.Grant> grant) {
    this.limits = limits;
    this.clock = clock;
    this.grant = grant;
    opened = clock.instant();
    lastHeard = opened;
  }

  /** The client gave a sign of life. */
  void hear() {
    lastHeard = clock.instant();
  }

  /**
   * Why the session must end now, if it must.
   *
   * @param isSetUp whether the client has sent its setup
   * @param isWriting whether it waits for an answer, and may be quiet
   */
  @Nullable LiveException overdue(boolean isSetUp, boolean isWriting) {
    Instant now = clock.instant();
    if (!isSetUp && isPast(now, opened, limits.untilSetup())) {
      return policy("No setup came within %d s.", limits.untilSetup());
    }
    if (!isWriting && isPast(now, lastHeard, limits.idle())) {
      return policy("The session was idle for %d s.", limits.idle());
    }
    if (grant.isPresent() && !now.isBefore(grant.get().expires())) {
      return new LiveException(LiveException.POLICY, "The auth token has expired.");
    }
    return isPast(now, opened, limits.longest())
        ? policy("The session reached its limit of %d s. Resume it by a handle.", limits.longest())
        : null;
  }

  /** The time that is left, once, when it has become short. */
  Optional<Duration> warning() {
    Duration left = Duration.between(clock.instant(), opened.plus(limits.longest()));
    if (hasWarned || left.compareTo(limits.goAway()) > 0) {
      return Optional.empty();
    }
    hasWarned = true;
    return Optional.of(left);
  }

  private static boolean isPast(Instant now, Instant since, Duration limit) {
    return Duration.between(since, now).compareTo(limit) >= 0;
  }

  private static LiveException policy(String reason, Duration limit) {
    return new LiveException(LiveException.POLICY, reason.formatted(limit.toSeconds()));
  }
}
