package ai.pollux.server.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of an index. The store's own record stands in each commit's data, so a commit changes
 * it together with documents and chunks.
 */
final class IndexFolder {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STORE = "store";
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long BETWEEN_TRIES_MILLIS = 5;

  private final Path folder;
  private final String name;

  IndexFolder(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Reads from an index. */
  @FunctionalInterface
  interface Read<T> {
    T from(IndexReader reader) throws IOException;
  }

  /** Changes an index, and says what the store is then. */
  @FunctionalInterface
  interface Change {
    SearchStore apply(IndexWriter writer, SearchStore store) throws IOException;
  }

  /** Makes the index: from the moment of its first commit the store exists. */
  void create(SearchStore store) {
    try {
      Files.createDirectories(folder);
      try (Directory directory = FSDirectory.open(folder);
          IndexWriter writer = new IndexWriter(directory, config())) {
        commit(writer, store);
      }
    } catch (IOException e) {
      throw StoreIndex.broken(name, e);
    }
  }

  /**
   * The store.
   *
   * @throws SearchException NOT_FOUND
   */
  SearchStore store() {
    return find().orElseThrow(() -> SearchException.notFound(name));
  }

  /** The store, if there is one. */
  Optional<SearchStore> find() {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return Optional.of(store(SegmentInfos.readLatestCommit(directory).getUserData()));
    } catch (IndexNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreIndex.broken(name, e);
    }
  }

  <T> T read(Read<T> read) {
    store(); // no folder comes to be where none was
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      return read.from(reader);
    } catch (IndexNotFoundException | NoSuchFileException e) {
      throw SearchException.notFound(name);
    } catch (IOException e) {
      throw StoreIndex.broken(name, e);
    }
  }

  /** Applies a change and waits until it is on the disk; where it fails nothing is changed. */
  void write(Change change) {
    store();
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = writer(directory)) {
      SearchStore store = store(SegmentInfos.readLatestCommit(directory).getUserData());
      commit(writer, change.apply(writer, store));
    } catch (IndexNotFoundException | NoSuchFileException e) {
      throw SearchException.notFound(name);
    } catch (IOException e) {
      throw StoreIndex.broken(name, e);
    }
  }

  /** Does something while nobody writes. */
  void locked(Runnable action) {
    try (Directory directory = FSDirectory.open(folder);
        Lock _ = patiently(() -> directory.obtainLock(IndexWriter.WRITE_LOCK_NAME))) {
      action.run();
    } catch (IOException e) {
      throw StoreIndex.broken(name, e);
    }
  }

  private IndexWriter writer(Directory directory) throws IOException {
    return patiently(
        () -> new IndexWriter(directory, config().setOpenMode(IndexWriterConfig.OpenMode.APPEND)));
  }

  private static IndexWriterConfig config() {
    return new IndexWriterConfig(IndexFields.ANALYZER)
        .setCodec(new LongVectors())
        .setMergeScheduler(new SerialMergeScheduler())
        .setCommitOnClose(false);
  }

  private static void commit(IndexWriter writer, SearchStore store) throws IOException {
    writer.setLiveCommitData(Map.of(STORE, JSON.writeValueAsString(store)).entrySet());
    writer.commit();
  }

  private static SearchStore store(Map<String, String> data) {
    return JSON.readValue(data.getOrDefault(STORE, ""), SearchStore.class);
  }

  /** Opens what only one may have open. */
  @FunctionalInterface
  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T patiently(Opening<T> opening) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (true) {
      try {
        return opening.open();
      } catch (LockObtainFailedException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(LockObtainFailedException held) throws IOException {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw held;
    }
  }
}
