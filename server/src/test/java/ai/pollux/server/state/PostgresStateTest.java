package ai.pollux.server.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The state in a real PostgreSQL. */
final class PostgresStateTest extends StateContract {
  private static EmbeddedPostgres postgres;
  private static int databases;

  private String database = "";

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  String url() throws Exception {
    if (database.isEmpty()) {
      database = "pollux" + databases++;
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + database);
      }
    }
    return postgres.getJdbcUrl("postgres", database);
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
    assertThatThrownBy(() ->
            Database.open(
                "jdbc:postgresql://localhost:%d/absent?user=postgres&password=sesame"
                    .formatted(postgres.getPort())))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("/absent?user=postgres&password=…")
        .hasMessageContaining("database \"absent\" does not exist")
        .hasMessageNotContaining("sesame");
  }
}
