package ai.pollux.train.data.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shares of symbols, words without letters, bullets and dots, <a
 * href="https://arxiv.org/abs/2112.11446">arXiv 2112.11446</a>, appendix A.
 *
 * @param symbols the most {@code #} and ellipses for each word
 * @param lettered the least share of words that hold a letter
 * @param bullets the most lines that begin with a bullet
 * @param ellipses the most lines that end with an ellipsis
 */
public record SymbolRule(double symbols, double lettered, double bullets, double ellipses)
    implements Function<String, Optional<String>> {
  /** The published values. */
  public static SymbolRule gopher() {
    return new SymbolRule(0.1, 0.8, 0.9, 0.3);
  }

  @Override
  public Optional<String> apply(String text) {
    List<String> words = Words.spaced(text);
    List<String> lines = Words.lines(text);
    double found =
        (double) (count(text, "#") + count(text, "...") + count(text, "…")) / words.size();
    if (found > symbols) {
      return over("# and ellipses for each word", found, symbols);
    }
    double letters = share(words, word -> word.codePoints().anyMatch(Character::isLetter));
    if (letters < lettered) {
      return Optional.of("%.2f of the words hold a letter, not %.2f".formatted(letters, lettered));
    }
    double bulleted =
        share(lines, line -> line.startsWith("•") || line.startsWith("-") || line.startsWith("*"));
    if (bulleted > bullets) {
      return over("of the lines begin with a bullet", bulleted, bullets);
    }
    double dotted = share(lines, line -> line.endsWith("...") || line.endsWith("…"));
    return dotted > ellipses
        ? over("of the lines end with an ellipsis", dotted, ellipses)
        : Optional.empty();
  }

  private static Optional<String> over(String what, double found, double most) {
    return Optional.of("%.2f %s, more than %.2f".formatted(found, what, most));
  }

  private static double share(List<String> all, java.util.function.Predicate<String> which) {
    return all.stream().filter(which).count() / (double) all.size();
  }

  private static int count(String text, String what) {
    int count = 0;
    for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
      count++;
    }
    return count;
  }
}
