package ai.pollux.server.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What was asked, without its content: kept for {@code retention}, zero for not at all. Entries are
 * queued and written by {@link #flush}, so that no request waits for the disk; beyond a full queue
 * they are dropped.
 */
public final class RequestLog {
  private static final int QUEUED = 10_000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final Duration retention;
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>(QUEUED);

  /** That of a database. */
  public RequestLog(Database database, Clock clock, Duration retention) {
    jdbi = database.jdbi();
    this.clock = clock;
    this.retention = retention;
  }

  /**
   * One request.
   *
   * @param apiKey the key's id; empty where none was asked for
   */
  public record Entry(
      String id,
      Instant at,
      String apiKey,
      String project,
      String method,
      String path,
      int status,
      long millis,
      long promptTokens,
      long answerTokens) {}

  /** Queues an entry, unless none is kept; whether there was room. */
  public boolean add(Entry entry) {
    return retention.isZero() || queue.offer(entry);
  }

  /** Writes what is queued, and deletes what is too old. */
  public void flush() {
    List<Entry> entries = new ArrayList<>();
    queue.drainTo(entries);
    jdbi.useTransaction(handle -> {
      if (!entries.isEmpty()) {
        PreparedBatch batch =
            handle.prepareBatch("INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (Entry entry : entries) {
          batch.add(
              entry.id(),
              entry.at().toEpochMilli(),
              entry.apiKey(),
              entry.project(),
              entry.method(),
              entry.path(),
              entry.status(),
              entry.millis(),
              entry.promptTokens(),
              entry.answerTokens());
        }
        batch.execute();
      }
      handle.execute("DELETE FROM requests WHERE at < ?", clock.millis() - retention.toMillis());
    });
  }

  /** The latest entries before a time, the newest first; of one project, or of all. */
  public List<Entry> list(String project, Instant before, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM requests WHERE at < :before AND (:project = '' OR project = :project)
                ORDER BY at DESC, id LIMIT :most\
                """)
            .bind("before", before.toEpochMilli())
            .bind("project", project)
            .bind("most", most)
            .map((row, _) ->
                new Entry(
                    row.getString("id"),
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("api_key"),
                    row.getString("project"),
                    row.getString("method"),
                    row.getString("path"),
                    row.getInt("status"),
                    row.getLong("millis"),
                    row.getLong("prompt_tokens"),
                    row.getLong("answer_tokens")))
            .list());
  }
}
