package ai.pollux.assistant.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models there are: one JSON file for each name. {@code NAME.pending} while a model is being
 * pulled, {@code NAME.json} once all of it is there; the rename from one to the other is what makes
 * it so.
 */
final class Manifests {
  private static final String PENDING = ".pending";
  private static final String COMPLETE = ".json";

  private final Path folder;

  Manifests(Path folder) {
    this.folder = folder;
  }

  /** Says what will be pulled, so that nobody takes its blobs for garbage. */
  void begin(ModelName name, StoredModel model) throws IOException {
    write(folder.resolve(name.fileName() + PENDING), json(model));
  }

  /** All that was announced is there. */
  void complete(ModelName name) throws IOException {
    Files.move(
        folder.resolve(name.fileName() + PENDING),
        folder.resolve(name.fileName() + COMPLETE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(folder);
  }

  Optional<StoredModel> find(ModelName name) {
    return read(folder.resolve(name.fileName() + COMPLETE));
  }

  Optional<StoredModel> findPending(ModelName name) {
    return read(folder.resolve(name.fileName() + PENDING));
  }

  /** Whether there was any. */
  boolean delete(ModelName name) throws IOException {
    boolean wasComplete = Files.deleteIfExists(folder.resolve(name.fileName() + COMPLETE));
    return Files.deleteIfExists(folder.resolve(name.fileName() + PENDING)) || wasComplete;
  }

  List<StoredModel> complete() {
    return all(COMPLETE);
  }

  List<StoredModel> pending() {
    return all(PENDING);
  }

  private List<StoredModel> all(String suffix) {
    List<StoredModel> models = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> file.getFileName().toString().endsWith(suffix))
            .sorted()
            .forEach(file -> read(file).ifPresent(models::add));
      } catch (IOException e) {
        throw new StoreException("%s: cannot be listed: %s".formatted(folder, e.getMessage()), e);
      }
    }
    return models;
  }

  private static String json(StoredModel model) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (StoredModel.File file : model.files()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", file.path());
      entry.put("size", file.size());
      entry.put("blob", file.blob());
      files.add(entry);
    }
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("name", model.name());
    manifest.put("commit", model.commit());
    manifest.put("folder", model.path().toString());
    manifest.put("pulled", model.pulled().toString());
    manifest.put("files", files);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
  }

  private static Optional<StoredModel> read(Path file) {
    try {
      JsonNode manifest = JsonMapper.shared().readTree(Files.readString(file));
      List<StoredModel.File> files = new ArrayList<>();
      for (JsonNode entry : manifest.path("files")) {
        files.add(
            new StoredModel.File(
                entry.path("path").asString(),
                entry.path("size").asLong(),
                entry.path("blob").asString()));
      }
      return Optional.of(
          new StoredModel(
              manifest.path("name").asString(),
              manifest.path("commit").asString(),
              Path.of(manifest.path("folder").asString()),
              files,
              Instant.parse(manifest.path("pulled").asString())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException | DateTimeException e) {
      throw new StoreException(
          "%s: not a manifest of the store: %s. Delete it and pull the model again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Replaces a file's content: all of the new is there, or all of the old. */
  static void write(Path file, String text) throws IOException {
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "new", ".tmp");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      Journal.writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(folder);
  }

  /** Renames last through a loss of power once their folder is on disk; not every system can. */
  static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; it journals renames itself.
    }
  }
}
