package ai.pollux.server.state;

import ai.pollux.server.state.StoredInteraction.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Interactions. Expired ones are gone at once, and deleted when another is made. Those that are
 * answered later are worked on by who holds their lease; when it ends, another server takes over
 * and begins anew.
 */
public final class Interactions {
  /** How long they are kept. */
  public static final Duration RETENTION = Duration.ofDays(55);

  private final Jdbi jdbi;
  private final Clock clock;

  /** Those of a database. */
  public Interactions(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /** A name that no other has. */
  public static String newId() {
    return Ids.random(24);
  }

  /** Keeps one. */
  public void create(StoredInteraction made) {
    jdbi.useTransaction(handle -> {
      handle.execute("DELETE FROM interactions WHERE expires <= ?", clock.millis());
      handle.execute(
          """
          INSERT INTO interactions (id, project, previous, status, request, input, output, created,
            updated, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
          """,
          made.id(),
          made.project(),
          made.previous().orElse(null),
          made.status().name(),
          made.request().orElse(null),
          made.input(),
          made.output(),
          made.created().toEpochMilli(),
          made.updated().toEpochMilli(),
          made.created().plus(RETENTION).toEpochMilli());
    });
  }

  /** The one of that id, unless it has expired. */
  public Optional<StoredInteraction> find(String id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  private Optional<StoredInteraction> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM interactions WHERE id = :id AND expires > :now")
        .bind("id", id)
        .bind("now", clock.millis())
        .map((row, _) -> interaction(row))
        .findFirst();
  }

  /**
   * The one of that id with all that it goes on from, the oldest first. Where the first has a
   * {@code previous}, that is gone.
   */
  public List<StoredInteraction> chain(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                WITH RECURSIVE chain(id, previous, depth) AS (
                  SELECT id, previous, 0 FROM interactions WHERE id = :id AND expires > :now
                  UNION ALL
                  SELECT i.id, i.previous, c.depth + 1 FROM interactions i
                    JOIN chain c ON i.id = c.previous WHERE i.expires > :now
                )
                SELECT i.* FROM interactions i JOIN chain c ON i.id = c.id ORDER BY c.depth DESC\
                """)
            .bind("id", id)
            .bind("now", clock.millis())
            .map((row, _) -> interaction(row))
            .list());
  }

  /** Ends one that has not ended; whether there was one. */
  public boolean cancel(String id) {
    return jdbi.withHandle(handle ->
        handle.execute(
                """
                UPDATE interactions SET status = 'CANCELLED', updated = ?
                WHERE id = ? AND status IN ('QUEUED', 'IN_PROGRESS')\
                """,
                clock.millis(),
                id)
            > 0);
  }

  /** Forgets one; whether there was one. */
  public boolean delete(String id) {
    return jdbi.withHandle(handle ->
        handle.execute("DELETE FROM interactions WHERE id = ? AND expires > ?", id, clock.millis())
            > 0);
  }

  // ---- for who answers them later ----

  /** Takes the oldest that nobody works on, for as long as the lease is renewed. */
  public Optional<StoredInteraction> claim(String owner, Duration lease) {
    long now = clock.millis();
    return jdbi.inTransaction(handle -> {
      Optional<String> free =
          handle
              .createQuery(
                  """
                  SELECT id FROM interactions WHERE status IN ('QUEUED', 'IN_PROGRESS')
                    AND expires > :now AND (lease IS NULL OR lease < :now)
                  ORDER BY created, id LIMIT 1\
                  """)
              .bind("now", now)
              .mapTo(String.class)
              .findFirst();
      if (free.isEmpty()) {
        return Optional.<StoredInteraction>empty();
      }
      int taken =
          handle.execute(
              """
              UPDATE interactions SET status = 'IN_PROGRESS', owner = ?, lease = ?, updated = ?
              WHERE id = ? AND status IN ('QUEUED', 'IN_PROGRESS') AND (lease IS NULL OR lease < ?)\
              """,
              owner,
              now + lease.toMillis(),
              now,
              free.get(),
              now);
      return taken == 0 ? Optional.<StoredInteraction>empty() : find(handle, free.get());
    });
  }

  /** Keeps one; false where it was cancelled or deleted, or another has taken it. */
  public boolean renew(String id, String owner, Duration lease) {
    return jdbi.withHandle(handle ->
        handle.execute(
                "UPDATE interactions SET lease = ? WHERE id = ? AND owner = ? AND status = 'IN_PROGRESS'",
                clock.millis() + lease.toMillis(),
                id,
                owner)
            > 0);
  }

  /** Gives one back that is not done. */
  public void release(String id, String owner) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE interactions SET status = 'QUEUED', owner = NULL, lease = NULL
            WHERE id = ? AND owner = ? AND status = 'IN_PROGRESS'\
            """,
            id,
            owner));
  }

  /**
   * Keeps what was answered. One that was cancelled meanwhile stays so.
   *
   * @return whether it was still this owner's
   */
  public boolean finish(String id, String owner, Status status, String output) {
    return jdbi.withHandle(handle ->
        handle.execute(
                """
                UPDATE interactions SET output = ?, request = NULL, updated = ?, owner = NULL,
                  lease = NULL, status = CASE WHEN status = 'IN_PROGRESS' THEN ? ELSE status END
                WHERE id = ? AND owner = ?\
                """,
                output,
                clock.millis(),
                status.name(),
                id,
                owner)
            > 0);
  }

  private static StoredInteraction interaction(ResultSet row) throws SQLException {
    return new StoredInteraction(
        row.getString("id"),
        row.getString("project"),
        Optional.ofNullable(row.getString("previous")),
        Status.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("request")),
        row.getString("input"),
        row.getString("output"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")));
  }
}
