package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Byte pair encoding as it is defined: all pairs of all words are counted again for every piece.
 * The slow twin of {@link BpeTrainer}.
 */
final class ReferenceTrainer {
  private static final String NONE = "\0"; // in the place of a character that no piece has

  private record Pair(String left, String right) {
    String whole() {
      return left + right;
    }
  }

  private final BpeSettings settings;
  private final PieceRules rules;
  private final Map<List<String>, Long> words = new HashMap<>();

  ReferenceTrainer(BpeSettings settings) {
    this.settings = settings;
    this.rules = new PieceRules(settings);
  }

  /**
   * The learned pieces: joined ones, then characters. Fewer than asked for where there are no more.
   */
  List<String> learned(List<TrainingText> texts) {
    Map<String, Long> characters = new TreeMap<>();
    Map<String, Long> marked = new TreeMap<>();
    for (TrainingText text : texts) {
      String whole = text.text().replaceAll("[\\x{D800}-\\x{DFFF}]", "\uFFFD");
      String cut = withoutSpecials(whole.replace(' ', PieceRules.SPACE));
      for (String word : cut.split("(?=\u2581)")) {
        marked.merge(word, text.weight(), Long::sum);
        word.codePoints()
            .filter(each -> each == '\t' || PieceRules.mayBePiece(each))
            .forEach(each -> characters.merge(Character.toString(each), text.weight(), Long::sum));
      }
    }
    List<String> chosen = chosen(characters);
    marked.forEach((word, count) -> words.merge(symbols(word, chosen), count, Long::sum));
    int wanted = settings.vocabularySize() - settings.specials().size() - chosen.size();
    List<String> pieces = new ArrayList<>();
    Set<Pair> spent = new HashSet<>();
    while (pieces.size() < wanted) {
      Map<Pair, Long> counts = counts();
      counts.keySet().removeAll(spent);
      if (counts.isEmpty()) {
        break;
      }
      Pair best = best(counts);
      spent.add(best);
      if (!pieces.contains(best.whole())) {
        pieces.add(best.whole());
        join(best);
      }
    }
    pieces.addAll(chosen);
    return pieces;
  }

  private String withoutSpecials(String text) {
    String any =
        settings.specials().spellings().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return text.replaceAll(any, "\t");
  }

  private List<String> chosen(Map<String, Long> counts) {
    Comparator<String> order = Comparator.comparingLong(each -> -counts.get(each));
    List<String> byCount =
        counts.keySet().stream()
            .sorted(order.thenComparingInt(each -> each.codePointAt(0)))
            .toList();
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    List<String> chosen = new ArrayList<>();
    long covered = 0;
    for (String each : byCount) {
      if ((float) ((double) covered / total) >= (float) settings.characterCoverage()) {
        break;
      }
      covered += counts.get(each);
      if (!each.equals("\t")) {
        chosen.add(each);
      }
    }
    return chosen;
  }

  private static List<String> symbols(String word, List<String> chosen) {
    return word.codePoints()
        .mapToObj(Character::toString)
        .map(each -> chosen.contains(each) ? each : NONE)
        .toList();
  }

  private Map<Pair, Long> counts() {
    Map<Pair, Long> counts = new LinkedHashMap<>();
    words.forEach((symbols, count) -> {
      for (int i = 1; i < symbols.size(); i++) {
        Pair pair = new Pair(symbols.get(i - 1), symbols.get(i));
        if (rules.allows(pair.whole().codePoints().toArray())) {
          counts.merge(pair, count, Long::sum);
        }
      }
    });
    return counts;
  }

  private static Pair best(Map<Pair, Long> counts) {
    Comparator<Pair> order = Comparator.comparingLong(pair -> -counts.get(pair));
    return counts.keySet().stream()
        .min(
            order
                .thenComparingInt(pair -> pair.whole().codePointCount(0, pair.whole().length()))
                .thenComparing(pair -> pair.whole().codePoints().toArray(), Arrays::compare)
                .thenComparingInt(pair -> pair.left().length()))
        .orElseThrow();
  }

  private void join(Pair pair) {
    Map<List<String>, Long> joined = new HashMap<>();
    words.forEach((symbols, count) -> {
      List<String> out = new ArrayList<>();
      for (int i = 0; i < symbols.size(); i++) {
        boolean here =
            i + 1 < symbols.size()
                && symbols.get(i).equals(pair.left())
                && symbols.get(i + 1).equals(pair.right());
        out.add(here ? pair.whole() : symbols.get(i));
        i += here ? 1 : 0;
      }
      joined.merge(out, count, Long::sum);
    });
    words.clear();
    words.putAll(joined);
  }
}
