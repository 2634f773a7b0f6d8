package ai.pollux.server.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * One store: the chunks and the records of its documents. What a method changed is on the disk when
 * it returns. May be used by many threads and processes: nothing is kept open between calls, and
 * whoever writes waits for who does already.
 */
public final class StoreIndex {
  private final IndexFolder folder;
  private final String id;
  private final Clock clock;

  StoreIndex(Path folder, String id, Clock clock) {
    this.folder = new IndexFolder(folder, "fileSearchStores/" + id);
    this.id = id;
    this.clock = clock;
  }

  IndexFolder folder() {
    return folder;
  }

  /**
   * The store, with counts.
   *
   * @throws SearchException NOT_FOUND if it was deleted
   */
  public SearchStore describe() {
    return folder.store();
  }

  /** Its documents, in the order in which they came. */
  public List<StoredDocument> documents() {
    return folder.read(reader ->
        hits(reader, IndexFields.records(), Integer.MAX_VALUE).stream()
            .map(IndexFields::record)
            .sorted(Comparator.comparing(StoredDocument::created).thenComparing(StoredDocument::id))
            .toList());
  }

  /** A document, unless it is gone. */
  public Optional<StoredDocument> document(String document) {
    return Names.isId(document)
        ? folder.read(reader -> document(reader, document))
        : Optional.empty();
  }

  private static Optional<StoredDocument> document(IndexReader reader, String document)
      throws IOException {
    return hits(reader, IndexFields.one(document), 1).stream().findFirst().map(IndexFields::record);
  }

  /** Takes a document in, whose text is still to come. */
  void begin(StoredDocument pending) {
    folder.write((writer, store) -> {
      writer.addDocument(IndexFields.document(pending));
      return Counts.changed(store, Optional.empty(), Optional.of(pending), clock.instant());
    });
  }

  /**
   * Makes a document's chunks findable, all at once. A document that was deleted meanwhile stays
   * deleted; one that is there already is replaced by itself.
   */
  void finish(String document, List<Chunk> chunks, List<float[]> vectors) {
    folder.write((writer, store) -> {
      Optional<StoredDocument> known = current(writer, document);
      if (known.isEmpty()) {
        return store;
      }
      StoredDocument active = known.get().active(chunks.size(), clock.instant());
      writer.deleteDocuments(IndexFields.chunksOf(document));
      for (int i = 0; i < chunks.size(); i++) {
        writer.addDocument(IndexFields.chunk(active, chunks.get(i), vectors.get(i)));
      }
      writer.updateDocument(IndexFields.record(document), IndexFields.document(active));
      return Counts.changed(store, known, Optional.of(active), clock.instant());
    });
  }

  /** Notes that a document cannot be read. */
  public void fail(String document, String reason) {
    folder.write((writer, store) -> {
      Optional<StoredDocument> known = current(writer, document);
      if (known.isEmpty()) {
        return store;
      }
      StoredDocument failed = known.get().failed(reason, clock.instant());
      writer.updateDocument(IndexFields.record(document), IndexFields.document(failed));
      return Counts.changed(store, known, Optional.of(failed), clock.instant());
    });
  }

  /**
   * Deletes a document.
   *
   * @param force also if it has chunks
   * @throws SearchException NOT_FOUND, or PRECONDITION if it has chunks
   */
  void delete(String document, boolean force) {
    folder.write((writer, store) -> {
      Optional<StoredDocument> known = current(writer, document);
      String name = "fileSearchStores/%s/documents/%s".formatted(id, document);
      if (known.isEmpty()) {
        throw SearchException.notFound(name);
      }
      if (known.get().chunks() > 0 && !force) {
        throw SearchException.precondition(
            "%s has %d chunks. Delete it with force=true.".formatted(name, known.get().chunks()));
      }
      writer.deleteDocuments(IndexFields.chunksOf(document), IndexFields.record(document));
      return Counts.changed(store, known, Optional.empty(), clock.instant());
    });
  }

  private static Optional<StoredDocument> current(IndexWriter writer, String document)
      throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(writer)) {
      return document(reader, document);
    }
  }

  /**
   * The chunks that fit a question.
   *
   * @throws SearchException PRECONDITION if the store's vectors are of another length
   */
  public Rankings find(Question question) {
    return folder.read(reader -> {
      Optional<Query> words = IndexFields.byWords(question);
      return new Rankings(
          words.isPresent() ? passages(reader, words.get(), question.most()) : List.of(),
          byVectors(reader, question));
    });
  }

  private List<Passage> byVectors(IndexReader reader, Question question) throws IOException {
    FieldInfo field = FieldInfos.getMergedFieldInfos(reader).fieldInfo(IndexFields.VECTOR);
    if (field == null) {
      return List.of();
    }
    if (field.getVectorDimension() != question.vector().length) {
      throw SearchException.precondition(
          "fileSearchStores/%s has vectors of length %d, and the model %s makes such of length %d now. Make a new store."
              .formatted(
                  id,
                  field.getVectorDimension(),
                  folder.store().embeddingModel(),
                  question.vector().length));
    }
    return passages(reader, IndexFields.byVector(question), question.most());
  }

  private List<Passage> passages(IndexReader reader, Query query, int most) throws IOException {
    return hits(reader, query, most).stream().map(hit -> IndexFields.passage(id, hit)).toList();
  }

  private static List<Document> hits(IndexReader reader, Query query, int most) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    List<Document> hits = new ArrayList<>();
    int count = Math.max(1, Math.min(most, reader.maxDoc()));
    for (ScoreDoc hit : searcher.search(query, count).scoreDocs) {
      hits.add(searcher.storedFields().document(hit.doc));
    }
    return hits;
  }

  /** For lambdas that read files. */
  static UncheckedIOException broken(String name, IOException e) {
    return new UncheckedIOException("the index of " + name + " cannot be used", e);
  }
}
