package ai.pollux.cli;

import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.state.Database;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a server keeps what it remembers. */
final class StateFlags {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:POLLUX_DATA:-${sys:user.home}/.pollux/data}",
      description =
          "Where files and the database are kept (default: .pollux/data in your home). Also from POLLUX_DATA.")
  Path data = Path.of("");

  @Option(
      names = "--database",
      paramLabel = "URL",
      defaultValue = "${env:POLLUX_DATABASE:-}",
      description =
          "A database in place of the folder's SQLite file, like jdbc:postgresql://host/name?user=u&password=p. Also from POLLUX_DATABASE.")
  String database = "";

  /** The database that was named, if one was. */
  Optional<String> url() {
    return Optional.of(database).filter(url -> !url.isBlank());
  }

  /** The address of the database. */
  String urlOrFile() {
    return url().orElseGet(() -> Database.file(ServerOptions.databaseFile(data)));
  }
}
