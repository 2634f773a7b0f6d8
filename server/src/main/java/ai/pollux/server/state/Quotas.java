package ai.pollux.server.state;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What keys have used in this minute and on this day (UTC), shared by all servers of a database,
 * and how many requests each runs here. Tokens are counted when an answer ends, so a key's last
 * request may go beyond its limit; the next is refused.
 */
public final class Quotas {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Jdbi jdbi;
  private final Clock clock;
  private final Map<String, AtomicLong> running = new ConcurrentHashMap<>();

  /** Those of a database. */
  public Quotas(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /**
   * A limit that is reached.
   *
   * @param quota its name
   * @param limit how much is allowed
   * @param retry after which time it may go on
   */
  public record Exceeded(String quota, long limit, Duration retry) {}

  /** Counts a request that begins, unless a limit is reached. Each that is counted ends once. */
  public Optional<Exceeded> begin(ApiKey key) {
    Limits limits = key.limits();
    AtomicLong now = running.computeIfAbsent(key.id(), _ -> new AtomicLong());
    long others = now.getAndIncrement();
    if (isReached(limits.concurrentRequests(), others)) {
      now.decrementAndGet();
      return exceeded("ConcurrentRequests", limits.concurrentRequests(), Duration.ofSeconds(1));
    }
    Optional<Exceeded> reached = limits.equals(Limits.NONE) ? Optional.empty() : check(key);
    if (reached.isPresent()) {
      now.decrementAndGet();
    }
    return reached;
  }

  private Optional<Exceeded> check(ApiKey key) {
    Limits limits = key.limits();
    return jdbi.inTransaction(handle -> {
      // Counted first and taken back where it is one too many: the rows are locked meanwhile, so
      // that no two servers give the same request away.
      add(handle, key, MINUTE, 1, 0);
      add(handle, key, DAY, 1, 0);
      Optional<Exceeded> reached =
          reached(limits, used(handle, key, MINUTE), used(handle, key, DAY));
      if (reached.isPresent()) {
        add(handle, key, MINUTE, -1, 0);
        add(handle, key, DAY, -1, 0);
      }
      return reached;
    });
  }

  /** What is reached by windows that count the request that begins. */
  private Optional<Exceeded> reached(Limits limits, Used minute, Used day) {
    if (isReached(limits.requestsPerMinute(), minute.requests - 1)) {
      return exceeded("RequestsPerMinute", limits.requestsPerMinute(), left(MINUTE));
    }
    if (isReached(limits.tokensPerMinute(), minute.tokens)) {
      return exceeded("TokensPerMinute", limits.tokensPerMinute(), left(MINUTE));
    }
    if (isReached(limits.requestsPerDay(), day.requests - 1)) {
      return exceeded("RequestsPerDay", limits.requestsPerDay(), left(DAY));
    }
    if (isReached(limits.tokensPerDay(), day.tokens)) {
      return exceeded("TokensPerDay", limits.tokensPerDay(), left(DAY));
    }
    return Optional.empty();
  }

  /** A request has ended that used so many tokens. */
  public void end(ApiKey key, long tokens) {
    AtomicLong now = running.get(key.id());
    if (now != null) {
      now.decrementAndGet();
    }
    if (tokens > 0 && !key.limits().equals(Limits.NONE)) {
      jdbi.useTransaction(handle -> {
        add(handle, key, MINUTE, 0, tokens);
        add(handle, key, DAY, 0, tokens);
      });
    }
  }

  /** Forgets windows that are over. */
  public void sweep() {
    jdbi.useHandle(handle ->
        handle.execute(
            "DELETE FROM usage_windows WHERE start < ?", clock.millis() - 2 * DAY.toMillis()));
  }

  private record Used(long requests, long tokens) {}

  private Used used(Handle handle, ApiKey key, Duration span) {
    return handle
        .createQuery(
            "SELECT requests, tokens FROM usage_windows WHERE api_key = ? AND span = ? AND start = ?")
        .bind(0, key.id())
        .bind(1, span.toString())
        .bind(2, start(span))
        .map((row, _) -> new Used(row.getLong("requests"), row.getLong("tokens")))
        .findFirst()
        .orElse(new Used(0, 0));
  }

  private void add(Handle handle, ApiKey key, Duration span, long requests, long tokens) {
    handle.execute(
        """
        INSERT INTO usage_windows (api_key, span, start, requests, tokens) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (api_key, span, start) DO UPDATE SET
          requests = usage_windows.requests + excluded.requests,
          tokens = usage_windows.tokens + excluded.tokens\
        """,
        key.id(),
        span.toString(),
        start(span),
        requests,
        tokens);
  }

  private long start(Duration span) {
    return clock.millis() / span.toMillis() * span.toMillis();
  }

  private Duration left(Duration span) {
    return Duration.ofMillis(start(span) + span.toMillis() - clock.millis());
  }

  private static boolean isReached(OptionalLong limit, long used) {
    return limit.isPresent() && used >= limit.getAsLong();
  }

  private static Optional<Exceeded> exceeded(String quota, OptionalLong limit, Duration retry) {
    return Optional.of(new Exceeded(quota, limit.orElseThrow(), retry));
  }
}
