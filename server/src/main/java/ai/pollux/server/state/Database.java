package ai.pollux.server.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database with the tables of this version: a SQLite file ({@code jdbc:sqlite:…}) or a PostgreSQL
 * ({@code jdbc:postgresql:…}). Owns its connections. May be used by many threads.
 */
public final class Database implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final int CONNECTIONS = 8;
  private static final int BUSY_MILLIS = 10_000;

  private final HikariDataSource connections;
  private final Jdbi jdbi;

  private Database(HikariDataSource connections) {
    this.connections = connections;
    jdbi = Jdbi.create(connections);
  }

  /** The address of a SQLite file. */
  public static String file(Path path) {
    return SQLITE + path;
  }

  /**
   * Opens a database, and brings its tables up to this version.
   *
   * @param url a JDBC URL; user and password of PostgreSQL stand in it
   * @throws StateException if that fails, or a newer version of Pollux has used it
   */
  public static Database open(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("pollux-state");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    HikariDataSource connections = null;
    try {
      if (url.startsWith(SQLITE)) {
        config.setDataSource(sqlite(url));
      } else {
        config.setJdbcUrl(url);
      }
      connections = new HikariDataSource(config);
      Flyway.configure()
          .dataSource(connections)
          .locations("classpath:ai/pollux/server/state/migration")
          .loggers("slf4j")
          .load()
          .migrate();
      return new Database(connections);
    } catch (RuntimeException | IOException e) {
      if (connections != null) {
        connections.close();
      }
      throw new StateException(
          "cannot use the database %s: %s. Name another with --database, or another folder with --data."
              .formatted(withoutPassword(url), root(e)),
          e);
    }
  }

  private static SQLiteDataSource sqlite(String url) throws IOException {
    Path folder = Path.of(url.substring(SQLITE.length())).toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // What was acknowledged survives a power cut too, not only the end of the process.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    // Writers queue at their beginning: one that began by reading would fail instead of waiting.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  private static String withoutPassword(String url) {
    return url.replaceAll("(?i)(password=)[^&;]*", "$1…").replaceAll("//[^/@]*@", "//…@");
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).strip();
  }

  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    connections.close();
  }
}
