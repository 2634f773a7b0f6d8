package ai.pollux.server.state;

import java.time.Clock;
import java.time.Duration;

/**
 * All that a server remembers, in one database. Owns it.
 *
 * @param quotas what keys have used
 */
public record ServerState(
    Database database,
    ApiKeys keys,
    Quotas quotas,
    AuditLog audit,
    RequestLog requests,
    Caches caches,
    Batches batches,
    Interactions interactions)
    implements AutoCloseable {
  /** How long requests are remembered where nothing else is said. */
  public static final Duration RETENTION = Duration.ofDays(30);

  /** Opens a database in which requests are remembered as long as usual. */
  public static ServerState open(String url, Clock clock) {
    return open(url, clock, RETENTION);
  }

  /**
   * Opens a database.
   *
   * @param url a JDBC URL, see {@link Database#open}
   * @param requestLog how long requests are remembered; zero for not at all
   * @throws StateException if it cannot be used
   */
  public static ServerState open(String url, Clock clock, Duration requestLog) {
    Database database = Database.open(url);
    return new ServerState(
        database,
        new ApiKeys(database, clock),
        new Quotas(database, clock),
        new AuditLog(database, clock),
        new RequestLog(database, clock, requestLog),
        new Caches(database, clock),
        new Batches(database, clock),
        new Interactions(database, clock));
  }

  @Override
  public void close() {
    database.close();
  }
}
