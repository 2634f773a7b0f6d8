package ai.pollux.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state in a SQLite file. */
final class SqliteStateTest extends StateContract {
  @TempDir Path folder;

  @Override
  String url() {
    return Database.file(folder.resolve("deep/state.db"));
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws Exception {
    Path file = folder.resolve("broken.db");
    Files.writeString(
        file, "this is no database, and long enough to have a header of its own ".repeat(40));
    assertThatThrownBy(() -> Database.open(Database.file(file)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("cannot use the database jdbc:sqlite:" + file)
        .hasMessageContaining("file is not a database")
        .hasMessageContaining("--data");
    assertThat(Files.readString(file)).startsWith("this is no database");
  }
}
