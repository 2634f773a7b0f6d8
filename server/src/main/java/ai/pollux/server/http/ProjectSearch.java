package ai.pollux.server.http;

import ai.pollux.server.search.SearchStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The stores of documents of every project: each sees its own. */
final class ProjectSearch {
  private static final String STORES = "fileSearchStores";

  private final Path folder;
  private final Map<String, SearchStores> stores = new ConcurrentHashMap<>();

  /** Below the folder of the server's data. */
  ProjectSearch(Path folder) {
    this.folder = folder;
  }

  /** Those of a project. */
  SearchStores of(String project) {
    return stores.computeIfAbsent(
        project, name -> new SearchStores(folder(name), Clock.systemUTC()));
  }

  private Path folder(String project) {
    return project.equals(Caller.DEFAULT_PROJECT)
        ? folder.resolve(STORES)
        : folder.resolve("projects").resolve(project).resolve(STORES);
  }

  /** Every project that has stores. */
  List<String> projects() {
    Path others = folder.resolve("projects");
    if (!Files.isDirectory(others)) {
      return List.of(Caller.DEFAULT_PROJECT);
    }
    try (Stream<Path> all = Files.list(others)) {
      return Stream.concat(
              Stream.of(Caller.DEFAULT_PROJECT),
              all.map(path -> path.getFileName().toString())
                  .filter(name -> Files.isDirectory(folder(name))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder of projects, %s, cannot be read".formatted(others), e);
    }
  }
}
