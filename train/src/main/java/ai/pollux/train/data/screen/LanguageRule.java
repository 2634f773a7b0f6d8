package ai.pollux.train.data.screen;

import java.lang.Character.UnicodeScript;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * In which script a text is written, and whether common words of its language are there: Gopher
 * asks for two of eight English ones, <a href="https://arxiv.org/abs/2112.11446">arXiv
 * 2112.11446</a>.
 *
 * @param share the least share of letters in the script
 * @param common words of which {@code least} different ones must occur; empty to ask for none
 */
public record LanguageRule(UnicodeScript script, double share, Set<String> common, int least)
    implements Function<String, Optional<String>> {
  /** Copies the set. */
  public LanguageRule {
    common = Set.copyOf(common);
  }

  /** Latin letters, nine of ten, and two of Gopher's eight words. */
  public static LanguageRule english() {
    return new LanguageRule(
        UnicodeScript.LATIN,
        0.9,
        Set.of("the", "be", "to", "of", "and", "that", "have", "with"),
        2);
  }

  @Override
  public Optional<String> apply(String text) {
    int[] letters = text.codePoints().filter(Character::isLetter).toArray();
    long inScript = 0;
    for (int letter : letters) {
      UnicodeScript found = UnicodeScript.of(letter);
      inScript += found == script || found == UnicodeScript.COMMON ? 1 : 0;
    }
    double found = letters.length == 0 ? 0 : (double) inScript / letters.length;
    if (found < share) {
      return Optional.of("%.2f of the letters are %s, not %.2f".formatted(found, script, share));
    }
    long commons = Words.plain(text).stream().filter(common::contains).distinct().count();
    return commons < least
        ? Optional.of("%d different common words, fewer than %d".formatted(commons, least))
        : Optional.empty();
  }
}
