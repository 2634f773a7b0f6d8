package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A row of the table in {@code docs/clients.md}, which says what these tests run.
 *
 * @param version of the client
 * @param steps what it was made to do
 */
record ClientsPage(String version, List<String> steps) {
  private static final Path PAGE =
      Path.of(System.getProperty("pollux.root", "..")).resolve("docs/clients.md");

  /** The row of a client. */
  static ClientsPage row(String client) throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `" + client + "` |"))
            .toList();
    assertThat(rows).as("rows of %s in %s", client, PAGE).hasSize(1);
    String[] cells = rows.getFirst().split("\\|");
    return new ClientsPage(cells[2].strip(), List.of(cells[3].strip().split("; ")));
  }
}
