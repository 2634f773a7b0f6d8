package ai.pollux.server.search;

import ai.pollux.content.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The stores of a project in a folder: {@code ID/index} is Lucene's, {@code ID/sources} has the
 * files of documents that are still to be read. May be used by many threads and processes.
 */
public final class SearchStores {
  /** The API's own limit. */
  public static final long LARGEST_DOCUMENT = 100L << 20;

  private static final String DELETED = ".deleted-";
  private static final int VECTORS_AT_A_TIME = 8;

  /** Whoever brings a file makes a document of it sooner than this. */
  private static final Duration UNCLAIMED = Duration.ofHours(1);

  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Stores in {@code folder}, which is made when the first one comes. */
  public SearchStores(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    names().filter(name -> name.startsWith(DELETED)).forEach(this::remove);
  }

  /** Makes a store. */
  public SearchStore create(String displayName, String embeddingModel) {
    Instant now = clock.instant();
    String id = Names.fresh(displayName, random);
    SearchStore store = new SearchStore(id, displayName, embeddingModel, now, now, 0, 0, 0, 0);
    index(id).folder().create(store);
    return store;
  }

  /**
   * A store.
   *
   * @throws SearchException NOT_FOUND
   */
  public StoreIndex find(String id) {
    if (!Names.isId(id)) {
      throw SearchException.notFound("fileSearchStores/" + id);
    }
    StoreIndex index = index(id);
    index.describe();
    return index;
  }

  /** All stores, in the order in which they were made. */
  public List<SearchStore> list() {
    return names()
        .filter(Names::isId)
        .flatMap(id -> index(id).folder().find().stream())
        .sorted(Comparator.comparing(SearchStore::created).thenComparing(SearchStore::id))
        .toList();
  }

  /**
   * Deletes a store and all that is in it.
   *
   * @param force also if there are documents in it
   * @throws SearchException NOT_FOUND, or PRECONDITION if there are documents
   */
  public void delete(String id, boolean force) {
    StoreIndex index = find(id);
    String gone = DELETED + id;
    index
        .folder()
        .locked(() -> {
          SearchStore store = index.describe();
          long documents = store.active() + store.pending() + store.failed();
          if (documents > 0 && !force) {
            throw SearchException.precondition(
                "fileSearchStores/%s has %d documents. Delete them, or it with force=true."
                    .formatted(id, documents));
          }
          move(folder.resolve(id), folder.resolve(gone));
        });
    remove(gone);
  }

  /**
   * Deletes a document.
   *
   * @param force also if it has chunks
   * @throws SearchException NOT_FOUND, or PRECONDITION if it has chunks
   */
  public void deleteDocument(String store, String document, boolean force) {
    find(store).delete(document, force);
    remove(source(store, document));
  }

  /**
   * Documents that are still to be read, of all stores. Files that came before a crash and of which
   * no document was made are deleted.
   */
  public Map<String, List<StoredDocument>> pending() {
    Map<String, List<StoredDocument>> pending = new TreeMap<>();
    for (SearchStore store : list()) {
      sweep(store.id());
      if (store.pending() > 0) {
        pending.put(
            store.id(),
            index(store.id()).documents().stream()
                .filter(each -> each.state() == StoredDocument.State.PENDING)
                .toList());
      }
    }
    return pending;
  }

  /**
   * Takes a file in. When this returns the document is on the disk, PENDING; {@link #index} does
   * the rest, also after a crash.
   *
   * @param file taken away where {@code moves}, else copied
   */
  public StoredDocument add(String store, NewDocument wanted, Path file, boolean moves) {
    StoreIndex index = find(store);
    Instant now = clock.instant();
    String id = Names.fresh(wanted.displayName(), random);
    try {
      long bytes = Files.size(file);
      checkSize(bytes);
      Path source = source(store, id);
      Files.createDirectories(source.getParent());
      if (moves) {
        Files.move(file, source, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.copy(file, source);
      }
      StoredDocument pending =
          new StoredDocument(
              id,
              wanted.displayName(),
              wanted.mimeType(),
              bytes,
              StoredDocument.State.PENDING,
              0,
              Optional.empty(),
              now,
              now,
              wanted.metadata(),
              wanted.chunking());
      index.begin(pending);
      return pending;
    } catch (IOException e) {
      throw new UncheckedIOException("a document could not be kept", e);
    }
  }

  /**
   * Refuses what is too long.
   *
   * @throws SearchException INVALID
   */
  public static void checkSize(long bytes) {
    if (bytes > LARGEST_DOCUMENT) {
      throw SearchException.invalid(
          "file", "A document may have %,d bytes, found %,d.".formatted(LARGEST_DOCUMENT, bytes));
    }
  }

  /**
   * Reads a document, cuts it, and makes it findable; or notes why it cannot be. What is not
   * PENDING, or gone, is left alone. May be done twice, at the same time too.
   *
   * @throws InterruptedException if it is to be gone on with another time
   */
  public void index(String store, String document, DocumentReader reader, Embedder embedder)
      throws InterruptedException {
    StoreIndex index = find(store);
    Optional<StoredDocument> known =
        index.document(document).filter(each -> each.state() == StoredDocument.State.PENDING);
    if (known.isEmpty()) {
      return;
    }
    Path source = source(store, document);
    try {
      List<Chunk> chunks =
          new Chunker(known.get().chunking())
              .chunks(reader.read(Files.readAllBytes(source), known.get().mimeType()));
      index.finish(document, chunks, vectors(chunks, embedder));
    } catch (NoSuchFileException e) {
      index.fail(document, "The file was lost. Upload it again.");
    } catch (MediaException | SearchException e) {
      index.fail(document, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("a document cannot be read", e);
    }
    remove(source);
  }

  private void sweep(String store) {
    Path sources = folder.resolve(store).resolve("sources");
    Instant old = clock.instant().minus(UNCLAIMED);
    for (String name : names(sources).toList()) {
      Path source = sources.resolve(name);
      if (source.toFile().lastModified() < old.toEpochMilli()
          && index(store).document(name).isEmpty()) {
        remove(source);
      }
    }
  }

  private static List<float[]> vectors(List<Chunk> chunks, Embedder embedder)
      throws InterruptedException {
    List<float[]> vectors = new ArrayList<>();
    while (vectors.size() < chunks.size()) {
      int to = Math.min(chunks.size(), vectors.size() + VECTORS_AT_A_TIME);
      List<String> texts = chunks.subList(vectors.size(), to).stream().map(Chunk::text).toList();
      vectors.addAll(embedder.embed(texts));
    }
    return vectors;
  }

  private StoreIndex index(String id) {
    return new StoreIndex(folder.resolve(id).resolve("index"), id, clock);
  }

  private Path source(String store, String document) {
    return folder.resolve(store).resolve("sources").resolve(document);
  }

  private Stream<String> names() {
    return names(folder);
  }

  private static Stream<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder of stores, %s, cannot be read".formatted(folder), e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("a store could not be deleted", e);
    }
  }

  private void remove(String name) {
    remove(folder.resolve(name));
  }

  /** Deletes a file, or a folder and what is in it. */
  private static void remove(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // Someone else deleted it.
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be deleted", e);
    }
  }
}
