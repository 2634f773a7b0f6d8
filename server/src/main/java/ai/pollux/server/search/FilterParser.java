package ai.pollux.server.search;

import ai.pollux.server.search.Filter.Compare;
import ai.pollux.server.search.Filter.Operator;
import ai.pollux.server.search.Filter.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads filters, a subset of <a href="https://google.aip.dev/160">AIP-160</a>:
 *
 * <pre>
 * all    = any { ["AND"] any }
 * any    = one { "OR" one }            OR binds tighter than AND, as AIP-160 has it
 * one    = ["NOT" | "-"] ( "(" all ")" | key operator value )
 * </pre>
 *
 * Values are numbers, words, or text in double or single quotes with {@code \} before a quote.
 */
final class FilterParser {
  private static final int LONGEST = 4096;
  private static final int MOST_COMPARISONS = 100;
  private static final int DEEPEST = 20;

  private final List<FilterToken> tokens;
  private int next;
  private int comparisons;
  private int depth;

  private FilterParser(List<FilterToken> tokens) {
    this.tokens = tokens;
  }

  /**
   * The filter of a text.
   *
   * @throws SearchException INVALID with the place of the mistake
   */
  static Filter parse(String text) {
    if (text.length() > LONGEST) {
      throw FilterToken.wrong(
          "at most %d characters".formatted(LONGEST), "%d".formatted(text.length()));
    }
    FilterParser parser = new FilterParser(FilterToken.of(text));
    Filter filter = parser.all();
    if (parser.next < parser.tokens.size()) {
      throw parser.unexpected("AND, OR or the end");
    }
    return filter;
  }

  private Filter all() {
    List<Filter> parts = new ArrayList<>(List.of(any()));
    while (takeWord("AND") || (next < tokens.size() && !isSign(")"))) {
      parts.add(any());
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
  }

  private Filter any() {
    List<Filter> parts = new ArrayList<>(List.of(one()));
    while (takeWord("OR")) {
      parts.add(one());
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
  }

  private Filter one() {
    if (takeWord("NOT") || takeSign("-")) {
      return deeper(() -> new Filter.Not(one()));
    }
    if (takeSign("(")) {
      Filter inner = deeper(this::all);
      if (!takeSign(")")) {
        throw unexpected("\")\"");
      }
      return inner;
    }
    return compare();
  }

  private Filter deeper(Supplier<Filter> read) {
    if (++depth > DEEPEST) {
      throw FilterToken.wrong("at most %d conditions inside each other".formatted(DEEPEST), "more");
    }
    Filter filter = read.get();
    depth--;
    return filter;
  }

  private Filter compare() {
    if (next >= tokens.size() || tokens.get(next).isSign()) {
      throw unexpected("the key of a metadatum");
    }
    String key = tokens.get(next++).text();
    Operator operator = operator();
    if (next >= tokens.size()) {
      throw unexpected("a value");
    }
    Value value = value(operator);
    if (++comparisons > MOST_COMPARISONS) {
      throw FilterToken.wrong("at most %d comparisons".formatted(MOST_COMPARISONS), "more");
    }
    return new Compare(key, operator, value);
  }

  private Operator operator() {
    for (Operator operator : Operator.values()) {
      if (takeSign(operator.sign())) {
        return operator;
      }
    }
    throw unexpected("one of = != < <= > >= :");
  }

  private Value value(Operator operator) {
    if (takeSign("-") && next < tokens.size()) {
      FilterToken token = tokens.get(next++);
      return token
          .number()
          .map(number -> new Value.Numeric(-number))
          .orElseThrow(() -> FilterToken.wrong("a number behind -", token.place()));
    }
    if (operator == Operator.HAS && takeSign("*")) {
      return new Value.Anything();
    }
    if (next >= tokens.size() || tokens.get(next).isSign()) {
      throw unexpected("a value");
    }
    FilterToken token = tokens.get(next++);
    return token
        .number()
        .<Value>map(Value.Numeric::new)
        .orElseGet(() -> new Value.Text(token.text()));
  }

  private boolean takeWord(String word) {
    boolean isNext = next < tokens.size() && tokens.get(next).isWord(word);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private boolean takeSign(String sign) {
    boolean isNext = isSign(sign);
    next += isNext ? 1 : 0;
    return isNext;
  }

  private boolean isSign(String sign) {
    return next < tokens.size()
        && tokens.get(next).isSign()
        && tokens.get(next).text().equals(sign);
  }

  private SearchException unexpected(String expected) {
    return FilterToken.wrong(expected, next < tokens.size() ? tokens.get(next).place() : "the end");
  }
}
