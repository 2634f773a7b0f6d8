package ai.pollux.server.state;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Who did what to keys, logs and other people's data: written before it is answered. */
public final class AuditLog {
  private final Jdbi jdbi;
  private final Clock clock;

  /** That of a database. */
  public AuditLog(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /**
   * One entry.
   *
   * @param actor the key's id, or what stands for it
   * @param action a verb and its object, like {@code keys.revoke}
   * @param target what it was done to
   * @param outcome {@code ok} or why not
   */
  public record Entry(
      Instant at, String actor, String project, String action, String target, String outcome) {}

  /** Writes an entry. */
  public void write(String actor, String project, String action, String target, String outcome) {
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO audit (id, at, actor, project, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)",
            Ids.random(20),
            clock.millis(),
            actor,
            project,
            action,
            target,
            outcome));
  }

  /** The latest entries before a time, the newest first. */
  public List<Entry> list(Instant before, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM audit WHERE at < :before ORDER BY at DESC, id LIMIT :most")
            .bind("before", before.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Entry(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("actor"),
                    row.getString("project"),
                    row.getString("action"),
                    row.getString("target"),
                    row.getString("outcome")))
            .list());
  }
}
