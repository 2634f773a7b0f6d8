package ai.pollux.server.state;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * API keys: 256 random bits each, kept as their SHA-256. A fast hash is enough, since such keys
 * cannot be guessed.
 */
public final class ApiKeys {
  private static final Pattern PROJECT = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
  private static final String PREFIX = "plx_";
  private static final int SECRET_LETTERS = 50; // 36^50 > 2^256
  private static final String COLUMNS =
      """
      id, project, name, role, hint, created, revoked, requests_per_minute, requests_per_day,
      tokens_per_minute, tokens_per_day, concurrent_requests\
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  /** Those of a database. */
  public ApiKeys(Database database, Clock clock) {
    jdbi = database.jdbi();
    this.clock = clock;
  }

  /**
   * Makes a key; its project is made where there is none of that name.
   *
   * @throws IllegalArgumentException if the project's name is not one
   */
  public ApiKey.Created create(String project, String name, Role role, Limits limits) {
    if (!PROJECT.matcher(project).matches()) {
      throw new IllegalArgumentException(
          "project: expected 1 to 40 letters a to z, digits and inner dashes, found \"%s\"."
              .formatted(project));
    }
    String secret = PREFIX + Ids.random(SECRET_LETTERS);
    String hint = secret.substring(0, 8) + "…" + secret.substring(secret.length() - 4);
    Instant now = Instant.ofEpochMilli(clock.millis());
    ApiKey key =
        new ApiKey(Ids.random(12), project, name, role, hint, limits, now, Optional.empty());
    jdbi.useTransaction(handle -> {
      handle.execute(
          "INSERT INTO projects (id, name, created) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
          project,
          project,
          now.toEpochMilli());
      handle
          .createUpdate(
              """
              INSERT INTO api_keys (id, project, name, role, hint, hash, created,
                requests_per_minute, requests_per_day, tokens_per_minute, tokens_per_day,
                concurrent_requests)
              VALUES (:id, :project, :name, :role, :hint, :hash, :created, :rpm, :rpd, :tpm, :tpd,
                :concurrent)\
              """)
          .bind("id", key.id())
          .bind("project", project)
          .bind("name", name)
          .bind("role", role.name())
          .bind("hint", hint)
          .bind("hash", Ids.sha256(secret))
          .bind("created", now.toEpochMilli())
          .bind("rpm", boxed(limits.requestsPerMinute()))
          .bind("rpd", boxed(limits.requestsPerDay()))
          .bind("tpm", boxed(limits.tokensPerMinute()))
          .bind("tpd", boxed(limits.tokensPerDay()))
          .bind("concurrent", boxed(limits.concurrentRequests()))
          .execute();
    });
    return new ApiKey.Created(key, secret);
  }

  /** The key that somebody sends, unless it is unknown or revoked. */
  public Optional<ApiKey> find(String secret) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT " + COLUMNS + " FROM api_keys WHERE hash = :hash AND revoked IS NULL")
            .bind("hash", Ids.sha256(secret))
            .map((row, _) -> key(row))
            .findFirst());
  }

  /** Whether any key is in force. */
  public boolean any() {
    return jdbi.withHandle(handle ->
        handle
                .createQuery("SELECT COUNT(*) FROM api_keys WHERE revoked IS NULL")
                .mapTo(Long.class)
                .one()
            > 0);
  }

  /** Whether there is a key of this id that is not revoked. */
  public boolean isGood(String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM api_keys WHERE id = :id AND revoked IS NULL")
            .bind("id", id)
            .mapTo(Integer.class)
            .one())
        > 0;
  }

  /** All keys, revoked ones too, the newest first. */
  public List<ApiKey> list() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT " + COLUMNS + " FROM api_keys ORDER BY created DESC, id")
            .map((row, _) -> key(row))
            .list());
  }

  /** Takes a key out of force at once; whether there was one in force. */
  public boolean revoke(String id) {
    return jdbi.withHandle(handle ->
        handle.execute(
                "UPDATE api_keys SET revoked = ? WHERE id = ? AND revoked IS NULL",
                clock.millis(),
                id)
            > 0);
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("project"),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        row.getString("hint"),
        new Limits(
            number(row, "requests_per_minute"),
            number(row, "requests_per_day"),
            number(row, "tokens_per_minute"),
            number(row, "tokens_per_day"),
            number(row, "concurrent_requests")),
        Instant.ofEpochMilli(row.getLong("created")),
        number(row, "revoked").stream().mapToObj(Instant::ofEpochMilli).findFirst());
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
