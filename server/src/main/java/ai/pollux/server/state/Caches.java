package ai.pollux.server.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Cached contents. Expired ones are gone at once, and deleted when another is made. */
public final class Caches {
  private final Jdbi jdbi;
  private final Clock clock;

  /** Those of a database. */
  public Caches(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /** Keeps a beginning. */
  public Cache create(
      String project,
      String model,
      String displayName,
      String content,
      long tokens,
      Instant expires) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Cache cache =
        new Cache(Ids.random(24), project, model, displayName, content, tokens, now, now, expires);
    jdbi.useTransaction(handle -> {
      handle.execute("DELETE FROM caches WHERE expires <= ?", now.toEpochMilli());
      handle.execute(
          "INSERT INTO caches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          cache.id(),
          project,
          model,
          displayName,
          content,
          tokens,
          now.toEpochMilli(),
          now.toEpochMilli(),
          expires.toEpochMilli());
    });
    return cache;
  }

  /** The one of that id, unless it has expired. */
  public Optional<Cache> find(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM caches WHERE id = :id AND expires > :now")
            .bind("id", id)
            .bind("now", clock.millis())
            .map((row, _) -> cache(row))
            .findFirst());
  }

  /** Those of a project, the newest first. */
  public List<Cache> list(String project, int from, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM caches WHERE project = :project AND expires > :now
                ORDER BY created DESC, id LIMIT :most OFFSET :from\
                """)
            .bind("project", project)
            .bind("now", clock.millis())
            .bind("most", most)
            .bind("from", from)
            .map((row, _) -> cache(row))
            .list());
  }

  /** Gives one another time to live. */
  public boolean expireAt(String id, Instant expires) {
    return jdbi.withHandle(handle ->
        handle.execute(
                "UPDATE caches SET expires = ?, updated = ? WHERE id = ? AND expires > ?",
                expires.toEpochMilli(),
                clock.millis(),
                id,
                clock.millis())
            > 0);
  }

  /** Forgets one; whether there was one. */
  public boolean delete(String id) {
    return jdbi.withHandle(handle ->
        handle.execute("DELETE FROM caches WHERE id = ? AND expires > ?", id, clock.millis()) > 0);
  }

  private static Cache cache(ResultSet row) throws SQLException {
    return new Cache(
        row.getString("id"),
        row.getString("project"),
        row.getString("model"),
        row.getString("display_name"),
        row.getString("content"),
        row.getLong("tokens"),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")),
        Instant.ofEpochMilli(row.getLong("expires")));
  }
}
