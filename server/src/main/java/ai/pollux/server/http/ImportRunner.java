package ai.pollux.server.http;

import ai.pollux.server.search.DocumentReader;
import ai.pollux.server.search.SearchException;
import ai.pollux.server.search.SearchStores;
import ai.pollux.server.search.StoredDocument;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the documents that came into stores, two at a time. May be killed at any moment: what is
 * not read then is read after the next start, as soon as there are models.
 */
final class ImportRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);
  private static final int AT_A_TIME = 2;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A client waits so long for a document, and then asks for the operation. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ProjectSearch projects;
  private final StoreVectors vectors;
  private final DocumentReader reader = new DocumentReader();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_A_TIME, Thread.ofVirtual().name("pollux-import-", 0).factory());
  private final Thread starting;

  /** Goes on with what an earlier server left. */
  ImportRunner(ProjectSearch projects, StoreVectors vectors) {
    this.projects = projects;
    this.vectors = vectors;
    starting = Thread.ofVirtual().name("pollux-imports").start(this::resume);
  }

  private void resume() {
    try {
      while (!vectors.isReady()) {
        Thread.sleep(PAUSE);
      }
      for (String project : projects.projects()) {
        projects
            .of(project)
            .pending()
            .forEach((store, documents) ->
                documents.forEach(
                    document -> threads.execute(() -> work(project, store, document.id()))));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      LOG.warn("documents that wait to be read cannot be found: {}", e.toString());
    }
  }

  /** Reads a document, and waits a moment for it; what is known of it then. */
  StoredDocument read(String project, String store, StoredDocument pending)
      throws InterruptedException {
    Future<?> reading = threads.submit(() -> work(project, store, pending.id()));
    try {
      reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("a document takes longer", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a document was not read", e.getCause());
    }
    return projects.of(project).find(store).document(pending.id()).orElse(pending);
  }

  private void work(String project, String store, String document) {
    SearchStores stores = projects.of(project);
    try {
      String model = stores.find(store).describe().embeddingModel();
      stores.index(store, document, reader, texts -> vectors.of(model).embed(texts));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // goes on after the next start
    } catch (SearchException e) {
      LOG.debug("a store was deleted", e);
    } catch (RuntimeException e) {
      if (!threads.isShutdown()) {
        LOG.error("fileSearchStores/{}/documents/{} was not read", store, document, e);
        stores
            .find(store)
            .fail(document, "An internal error occurred; the server's log says which.");
      }
    }
  }

  /** Stops; what was begun is gone on with after the next start. */
  @Override
  public void close() {
    starting.interrupt();
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("a document is still being read; it is read again after the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.close();
  }
}
