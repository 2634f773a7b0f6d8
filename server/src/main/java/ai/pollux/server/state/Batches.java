package ai.pollux.server.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Batches and their rows. A server works on a batch while it holds its lease, which others may take
 * when it ends: so a batch outlives the server that worked on it. An answer is written once; a row
 * whose server died before that is asked again.
 */
public final class Batches {
  private static final int ROWS_AT_A_TIME = 500;
  private static final String SELECT =
      """
      SELECT b.*,
        (SELECT COUNT(*) FROM batch_rows r WHERE r.batch = b.id) AS row_count,
        (SELECT COUNT(*) FROM batch_rows r WHERE r.batch = b.id AND r.outcome IS NOT NULL
           AND r.is_error = 0) AS succeeded,
        (SELECT COUNT(*) FROM batch_rows r WHERE r.batch = b.id AND r.outcome IS NOT NULL
           AND r.is_error = 1) AS failed
      FROM batches b\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  /** Those of a database. */
  public Batches(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /**
   * What is wanted of a new batch.
   *
   * @param inputFile the id of the file that its rows come from
   */
  public record Order(
      String project,
      String model,
      Batch.Kind kind,
      String displayName,
      Optional<String> inputFile,
      long priority) {}

  /** Keeps a batch with all its rows, or nothing where {@code rows} throws. */
  public Batch create(Order order, Iterator<Batch.NewRow> rows) {
    String id = Ids.random(24);
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          INSERT INTO batches (id, project, model, kind, display_name, input_file, priority, state,
            created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
          """,
          id,
          order.project(),
          order.model(),
          order.kind().name(),
          order.displayName(),
          order.inputFile().orElse(null),
          order.priority(),
          Batch.State.PENDING.name(),
          clock.millis(),
          clock.millis());
      insert(handle, id, rows);
    });
    return find(id).orElseThrow();
  }

  private static void insert(Handle handle, String id, Iterator<Batch.NewRow> rows) {
    long position = 0;
    while (rows.hasNext()) {
      PreparedBatch inserts =
          handle.prepareBatch(
              "INSERT INTO batch_rows (batch, position, label, metadata, request) VALUES (?, ?, ?, ?, ?)");
      for (int i = 0; i < ROWS_AT_A_TIME && rows.hasNext(); i++) {
        Batch.NewRow row = rows.next();
        inserts.add(
            id, position++, row.label().orElse(null), row.metadata().orElse(null), row.request());
      }
      inserts.execute();
    }
  }

  /** The batch of that id. */
  public Optional<Batch> find(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(SELECT + " WHERE b.id = :id")
            .bind("id", id)
            .map((row, _) -> batch(row))
            .findFirst());
  }

  /** Those of a project, the newest first. */
  public List<Batch> list(String project, int from, int most) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                SELECT
                    + " WHERE b.project = :project ORDER BY b.created DESC, b.id LIMIT :most OFFSET :from")
            .bind("project", project)
            .bind("most", most)
            .bind("from", from)
            .map((row, _) -> batch(row))
            .list());
  }

  /** Ends a batch that has not ended; its answers so far stay. Whether there was one. */
  public boolean cancel(String id) {
    return end(id, Batch.State.CANCELLED, null, null);
  }

  /** Forgets a batch and its rows; whether there was one. */
  public boolean delete(String id) {
    return jdbi.inTransaction(handle -> {
      handle.execute("DELETE FROM batch_rows WHERE batch = ?", id);
      return handle.execute("DELETE FROM batches WHERE id = ?", id) > 0;
    });
  }

  /** Ends what is older and has not ended. */
  public void expire(Duration age) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE batches SET state = 'EXPIRED', ended = ?, updated = ?, owner = NULL, lease = NULL
            WHERE created < ? AND state IN ('PENDING', 'RUNNING')\
            """,
            clock.millis(),
            clock.millis(),
            clock.millis() - age.toMillis()));
  }

  // ---- for who works on them ----

  /** Takes the next batch that nobody works on, for as long as the lease is renewed. */
  public Optional<Batch> claim(String owner, Duration lease) {
    long now = clock.millis();
    return jdbi.inTransaction(handle -> {
      Optional<String> free =
          handle
              .createQuery(
                  """
                  SELECT id FROM batches WHERE state IN ('PENDING', 'RUNNING')
                    AND (lease IS NULL OR lease < :now)
                  ORDER BY priority DESC, created, id LIMIT 1\
                  """)
              .bind("now", now)
              .mapTo(String.class)
              .findFirst();
      if (free.isEmpty()) {
        return Optional.<Batch>empty();
      }
      int taken =
          handle.execute(
              """
              UPDATE batches SET state = 'RUNNING', owner = ?, lease = ?, updated = ?
              WHERE id = ? AND state IN ('PENDING', 'RUNNING') AND (lease IS NULL OR lease < ?)\
              """,
              owner,
              now + lease.toMillis(),
              now,
              free.get(),
              now);
      return taken == 0
          ? Optional.<Batch>empty()
          : handle
              .createQuery(SELECT + " WHERE b.id = :id")
              .bind("id", free.get())
              .map((row, _) -> batch(row))
              .findFirst();
    });
  }

  /** Keeps a batch; false where it was cancelled, or another has taken it. */
  public boolean renew(String id, String owner, Duration lease) {
    return jdbi.withHandle(handle ->
        handle.execute(
                "UPDATE batches SET lease = ? WHERE id = ? AND owner = ? AND state = 'RUNNING'",
                clock.millis() + lease.toMillis(),
                id,
                owner)
            > 0);
  }

  /** Gives a batch back that is not done. */
  public void release(String id, String owner) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE batches SET owner = NULL, lease = NULL WHERE id = ? AND owner = ?", id, owner));
  }

  /** Rows from a position on, in order. */
  public List<Batch.Row> rows(String id, long from, int most) {
    return rows(id, from, most, "");
  }

  /** Rows without an answer from a position on, in order. */
  public List<Batch.Row> pending(String id, long from, int most) {
    return rows(id, from, most, " AND outcome IS NULL");
  }

  private List<Batch.Row> rows(String id, long from, int most, String which) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT * FROM batch_rows WHERE batch = :id AND position >= :from"
                    + which
                    + " ORDER BY position LIMIT :most")
            .bind("id", id)
            .bind("from", from)
            .bind("most", most)
            .map((row, _) -> row(row))
            .list());
  }

  /** Writes the answer to a row; false where there is one, or the batch is another's. */
  public boolean answer(String id, String owner, long position, String outcome, boolean isError) {
    return jdbi.withHandle(handle ->
        handle.execute(
                """
                UPDATE batch_rows SET outcome = ?, is_error = ?
                WHERE batch = ? AND position = ? AND outcome IS NULL
                  AND EXISTS (SELECT 1 FROM batches WHERE id = ? AND owner = ?)\
                """,
                outcome,
                isError ? 1 : 0,
                id,
                position,
                id,
                owner)
            > 0);
  }

  /** Ends a batch well; false where it has ended otherwise. */
  public boolean succeed(String id, Optional<String> outputFile) {
    return end(id, Batch.State.SUCCEEDED, outputFile.orElse(null), null);
  }

  /** Ends a batch that cannot go on. */
  public boolean fail(String id, String why) {
    return end(id, Batch.State.FAILED, null, why);
  }

  private boolean end(
      String id, Batch.State state, @Nullable String outputFile, @Nullable String error) {
    return jdbi.withHandle(handle ->
        handle.execute(
                """
                UPDATE batches SET state = ?, output_file = ?, error = ?, ended = ?, updated = ?,
                  owner = NULL, lease = NULL
                WHERE id = ? AND state IN ('PENDING', 'RUNNING')\
                """,
                state.name(),
                outputFile,
                error,
                clock.millis(),
                clock.millis(),
                id)
            > 0);
  }

  private static Batch batch(ResultSet row) throws SQLException {
    long ended = row.getLong("ended");
    Optional<Instant> end =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Batch(
        row.getString("id"),
        row.getString("project"),
        row.getString("model"),
        Batch.Kind.valueOf(row.getString("kind")),
        row.getString("display_name"),
        Optional.ofNullable(row.getString("input_file")),
        Optional.ofNullable(row.getString("output_file")),
        row.getLong("priority"),
        Batch.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("error")),
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("updated")),
        end,
        new Batch.Counts(
            row.getLong("row_count"), row.getLong("succeeded"), row.getLong("failed")));
  }

  private static Batch.Row row(ResultSet row) throws SQLException {
    return new Batch.Row(
        row.getLong("position"),
        Optional.ofNullable(row.getString("label")),
        Optional.ofNullable(row.getString("metadata")),
        row.getString("request"),
        Optional.ofNullable(row.getString("outcome")),
        row.getInt("is_error") == 1);
  }
}
