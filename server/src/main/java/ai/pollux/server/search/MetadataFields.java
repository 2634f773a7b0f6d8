package ai.pollux.server.search;

import ai.pollux.server.search.Filter.Operator;
import ai.pollux.server.search.Filter.Value;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Metadata in the index, and filters as queries. For a key {@code k}: {@code has} with the term
 * {@code k}, and text in {@code text.k}, the texts of a list in {@code list.k}, a number in {@code
 * number.k}. Text is compared character by character, by its UTF-8.
 */
final class MetadataFields {
  private static final String HAS = "has";
  private static final String TEXT = "text.";
  private static final String LIST = "list.";
  private static final String NUMBER = "number.";

  private MetadataFields() {}

  static void add(List<Metadatum> metadata, Document to) {
    for (Metadatum each : metadata) {
      String key = each.key();
      to.add(new StringField(HAS, key, Field.Store.NO));
      each.text().ifPresent(text -> to.add(new StringField(TEXT + key, text, Field.Store.NO)));
      each.number().ifPresent(number -> to.add(new DoublePoint(NUMBER + key, number)));
      each.texts().forEach(text -> to.add(new StringField(LIST + key, text, Field.Store.NO)));
    }
  }

  static Query query(Filter filter) {
    return switch (filter) {
      case Filter.And and -> joined(and.parts(), Occur.FILTER);
      case Filter.Or or -> joined(or.parts(), Occur.SHOULD);
      case Filter.Not not -> without(MatchAllDocsQuery.INSTANCE, query(not.part()));
      case Filter.Compare(String key, Operator operator, Value value) ->
          compare(key, operator, value);
    };
  }

  private static Query joined(List<Filter> parts, Occur occur) {
    BooleanQuery.Builder joined = new BooleanQuery.Builder();
    parts.forEach(part -> joined.add(query(part), occur));
    return joined.build();
  }

  private static Query without(Query all, Query excluded) {
    return new BooleanQuery.Builder().add(all, Occur.FILTER).add(excluded, Occur.MUST_NOT).build();
  }

  private static Query compare(String key, Operator operator, Value value) {
    return switch (value) {
      case Value.Anything _ -> has(key);
      case Value.Text(String text) -> text(key, operator, text);
      case Value.Numeric(double number) -> number(key, operator, number);
    };
  }

  private static Query has(String key) {
    return new TermQuery(new Term(HAS, key));
  }

  private static Query text(String key, Operator operator, String text) {
    BytesRef bytes = new BytesRef(text);
    Query equal = new TermQuery(new Term(TEXT + key, bytes));
    return switch (operator) {
      case EQUAL -> equal;
      case NOT_EQUAL -> without(has(key), equal);
      case LESS -> new TermRangeQuery(TEXT + key, null, bytes, true, false);
      case AT_MOST -> new TermRangeQuery(TEXT + key, null, bytes, true, true);
      case GREATER -> new TermRangeQuery(TEXT + key, bytes, null, false, true);
      case AT_LEAST -> new TermRangeQuery(TEXT + key, bytes, null, true, true);
      case HAS ->
          new BooleanQuery.Builder()
              .add(equal, Occur.SHOULD)
              .add(new TermQuery(new Term(LIST + key, bytes)), Occur.SHOULD)
              .build();
    };
  }

  private static Query number(String key, Operator operator, double number) {
    String field = NUMBER + key;
    return switch (operator) {
      case EQUAL, HAS -> DoublePoint.newExactQuery(field, number);
      case NOT_EQUAL -> without(has(key), DoublePoint.newExactQuery(field, number));
      case LESS -> range(field, Double.NEGATIVE_INFINITY, DoublePoint.nextDown(number));
      case AT_MOST -> range(field, Double.NEGATIVE_INFINITY, number);
      case GREATER -> range(field, DoublePoint.nextUp(number), Double.POSITIVE_INFINITY);
      case AT_LEAST -> range(field, number, Double.POSITIVE_INFINITY);
    };
  }

  private static Query range(String field, double least, double most) {
    return least > most
        ? new MatchNoDocsQuery("nothing is beyond infinity")
        : DoublePoint.newRangeQuery(field, least, most);
  }
}
