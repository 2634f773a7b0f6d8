package ai.pollux.server.search;

import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What stands in an index: records of documents ({@code record.id}, {@code record}), and chunks
 * ({@code of}, {@code page}, {@code text}, {@code vector}, {@code record} and the metadata).
 */
final class IndexFields {
  static final Analyzer ANALYZER = new EnglishAnalyzer();
  static final String VECTOR = "vector";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ID = "record.id";
  private static final String OF = "of";
  private static final String RECORD = "record";
  private static final String PAGE = "page";
  private static final String TEXT = "text";

  /** Longer questions are cut: one clause a word, and Lucene takes 1024. */
  private static final int LONGEST_QUESTION = 2000;

  private IndexFields() {}

  static Term record(String id) {
    return new Term(ID, id);
  }

  static Term chunksOf(String id) {
    return new Term(OF, id);
  }

  static Document document(StoredDocument record) {
    Document document = new Document();
    document.add(new StringField(ID, record.id(), Field.Store.NO));
    document.add(new StoredField(RECORD, JSON.writeValueAsString(record)));
    return document;
  }

  static Document chunk(StoredDocument of, Chunk chunk, float[] vector) {
    Document document = new Document();
    document.add(new StringField(OF, of.id(), Field.Store.NO));
    document.add(new StoredField(RECORD, JSON.writeValueAsString(of)));
    document.add(new StoredField(PAGE, chunk.page()));
    document.add(new TextField(TEXT, chunk.text(), Field.Store.YES));
    document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    MetadataFields.add(of.metadata(), document);
    return document;
  }

  static StoredDocument record(Document from) {
    return JSON.readValue(from.get(RECORD), StoredDocument.class);
  }

  static Passage passage(String store, Document from) {
    int page = from.getField(PAGE).numericValue().intValue();
    return new Passage(store, record(from), new Chunk(page, from.get(TEXT)));
  }

  /** Chunks with the question's words; nothing where it has none that count. */
  static Optional<Query> byWords(Question question) {
    String text = question.text();
    Query words =
        new QueryBuilder(ANALYZER)
            .createBooleanQuery(TEXT, text.substring(0, Math.min(LONGEST_QUESTION, text.length())));
    return Optional.ofNullable(words)
        .map(query ->
            question
                .filter()
                .map(MetadataFields::query)
                .<Query>map(filter ->
                    new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(filter, Occur.FILTER)
                        .build())
                .orElse(query));
  }

  static Query byVector(Question question) {
    return question
        .filter()
        .map(MetadataFields::query)
        .map(filter -> new KnnFloatVectorQuery(VECTOR, question.vector(), question.most(), filter))
        .orElseGet(() -> new KnnFloatVectorQuery(VECTOR, question.vector(), question.most()));
  }

  /** Every record. */
  static Query records() {
    return new PrefixQuery(new Term(ID, ""));
  }

  static Query one(String id) {
    return new TermQuery(record(id));
  }
}
