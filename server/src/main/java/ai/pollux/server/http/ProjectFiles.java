package ai.pollux.server.http;

import ai.pollux.server.store.FileLimits;
import ai.pollux.server.store.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of every project: each sees its own. */
final class ProjectFiles {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

  private final Path folder;
  private final Map<String, FileStore> stores = new ConcurrentHashMap<>();

  /** Below the folder of the server's data. */
  ProjectFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Whether a name that anybody may say is that of a project with files. What is none must neither
   * be made a path of nor be remembered.
   */
  boolean has(String project) {
    return project.equals(Caller.DEFAULT_PROJECT)
        || (NAME.matcher(project).matches()
            && Files.isDirectory(folder.resolve("projects").resolve(project)));
  }

  /** Those of a project. */
  FileStore store(String project) {
    return stores.computeIfAbsent(
        project,
        name -> {
          Path own =
              name.equals(Caller.DEFAULT_PROJECT)
                  ? folder.resolve("files")
                  : folder.resolve("projects").resolve(name).resolve("files");
          return new FileStore(own, FileLimits.STANDARD, Clock.systemUTC());
        });
  }

  /** What opens those of a project for its prompts. */
  FilesHandler of(Caller caller) {
    return new FilesHandler(store(caller.project()));
  }
}
