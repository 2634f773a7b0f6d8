package ai.pollux.server.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A piece of a filter.
 *
 * @param kind what it is
 * @param text without quotes
 * @param at its first character, from 0
 */
record FilterToken(Kind kind, String text, int at) {
  /** What pieces there are. */
  enum Kind {
    WORD,
    QUOTED,
    SIGN
  }

  private static final String SIGNS = "()=<>:!*-";
  private static final Pattern NUMBER =
      Pattern.compile("[0-9]{1,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?");

  /**
   * The pieces of a text.
   *
   * @throws SearchException INVALID if a quote is not closed, or a sign is none
   */
  static List<FilterToken> of(String text) {
    List<FilterToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"' || c == '\'') {
        StringBuilder quoted = new StringBuilder();
        int end = quoted(text, at, quoted);
        tokens.add(new FilterToken(Kind.QUOTED, quoted.toString(), at));
        at = end;
      } else if (SIGNS.indexOf(c) >= 0) {
        boolean isPair = "<>!".indexOf(c) >= 0 && text.startsWith("=", at + 1);
        String sign = text.substring(at, at + (isPair ? 2 : 1));
        tokens.add(new FilterToken(Kind.SIGN, sign, at));
        at += sign.length();
      } else {
        int end = word(text, at);
        tokens.add(new FilterToken(Kind.WORD, text.substring(at, end), at));
        at = end;
      }
    }
    return tokens;
  }

  /** Reads from a quote to behind the one that closes it. */
  private static int quoted(String text, int start, StringBuilder into) {
    char quote = text.charAt(start);
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      boolean isEscaped = text.charAt(at) == '\\' && at + 1 < text.length();
      at += isEscaped ? 1 : 0;
      into.append(text.charAt(at++));
    }
    if (at >= text.length()) {
      throw wrong("a quote that is closed", "one at character %d that is not".formatted(start + 1));
    }
    return at + 1;
  }

  /** Dashes inside words, and signs of exponents, belong to them. */
  private static int word(String text, int start) {
    int end = start;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && "()=<>:!\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  boolean isSign() {
    return kind == Kind.SIGN;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Its value, where it is a number without quotes. */
  Optional<Double> number() {
    return kind == Kind.WORD && NUMBER.matcher(text).matches()
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }

  /** For messages. */
  String place() {
    return "\"%s\" at character %d".formatted(text, at + 1);
  }

  static SearchException wrong(String expected, String found) {
    return SearchException.invalid(
        "metadata_filter",
        "metadata_filter: expected %s, found %s. Write it like: author = \"x\" AND (year > 2000 OR tags:\"new\")."
            .formatted(expected, found));
  }
}
