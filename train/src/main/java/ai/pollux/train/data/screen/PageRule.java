package ai.pollux.train.data.screen;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Marks of web pages that are no prose, as C4 drops them, <a
 * href="https://arxiv.org/abs/1910.10683">arXiv 1910.10683</a>, section 2.2: filler text, code,
 * notices, and fewer than three sentences.
 */
final class PageRule {
  private static final int SENTENCES = 3;

  private PageRule() {}

  static Optional<String> objection(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Optional<String> notice =
        Stream.of("lorem ipsum", "javascript", "terms of use", "privacy policy", "cookie policy")
            .filter(lower::contains)
            .findFirst();
    if (notice.isPresent()) {
      return notice.map(found -> "holds \"" + found + "\"");
    }
    if (text.indexOf('{') >= 0) {
      return Optional.of("holds a curly bracket, as code does");
    }
    long ends = text.chars().filter(each -> each == '.' || each == '!' || each == '?').count();
    return ends < SENTENCES
        ? Optional.of("%d ends of sentences, fewer than %d".formatted(ends, SENTENCES))
        : Optional.empty();
  }
}
