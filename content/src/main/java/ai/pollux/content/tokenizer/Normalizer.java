package ai.pollux.content.tokenizer;

import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites text before it is cut. Safe to share between threads. */
@FunctionalInterface
interface Normalizer {
  /**
   * The text to cut.
   *
   * @param text well-formed UTF-16, not empty
   * @param atStart whether the whole text begins here (not behind an added piece)
   */
  String apply(String text, boolean atStart);

  /** Text as it is. */
  static Normalizer none() {
    return (text, atStart) -> text;
  }

  /** One after the other; stops where nothing is left. */
  static Normalizer sequence(List<Normalizer> steps) {
    List<Normalizer> all = List.copyOf(steps);
    if (all.size() == 1) {
      return all.getFirst();
    }
    return (text, atStart) -> {
      String result = text;
      for (Normalizer step : all) {
        if (!result.isEmpty()) {
          result = step.apply(result, atStart);
        }
      }
      return result;
    };
  }

  /** A fixed text in front. */
  static Normalizer prepend(String prefix) {
    return (text, atStart) -> prefix + text;
  }

  /** A fixed text replaced, everywhere. */
  static Normalizer replace(String target, String replacement) {
    if (target.length() == 1 && replacement.length() == 1) {
      char from = target.charAt(0);
      char to = replacement.charAt(0);
      return (text, atStart) -> text.replace(from, to);
    }
    return (text, atStart) -> text.replace(target, replacement);
  }

  /** What a pattern matches replaced by a fixed text, everywhere. */
  static Normalizer replace(Pattern pattern, String replacement) {
    String quoted = Matcher.quoteReplacement(replacement);
    return (text, atStart) -> pattern.matcher(text).replaceAll(quoted);
  }

  /** A Unicode normalization form. */
  static Normalizer unicode(Form form) {
    return (text, atStart) ->
        java.text.Normalizer.isNormalized(text, form)
            ? text
            : java.text.Normalizer.normalize(text, form);
  }

  /** Lower case, whatever the language. */
  static Normalizer lowercase() {
    return (text, atStart) -> text.toLowerCase(Locale.ROOT);
  }

  /** White space at the ends removed. */
  static Normalizer strip(boolean left, boolean right) {
    return (text, atStart) -> {
      String result = left ? text.stripLeading() : text;
      return right ? result.stripTrailing() : result;
    };
  }

  /** A mark in front of the text that begins a document, or of every text, unless it has one. */
  static Normalizer prefix(char mark, boolean onlyAtStart) {
    return (text, atStart) ->
        (onlyAtStart && !atStart) || text.charAt(0) == mark ? text : mark + text;
  }
}
