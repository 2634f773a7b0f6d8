package ai.pollux.train.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which characters become pieces.
 *
 * @param chosen the required ones and the most frequent, until the share asked for is reached; in
 *     order of frequency, equal ones by code point
 * @param coverage the share of all characters that these are
 * @param left how many different characters are spelled in bytes
 */
record Characters(List<Integer> chosen, double coverage, int left) {

  static Characters choose(CharacterCounts counts, BpeSettings settings) {
    List<Integer> all = new ArrayList<>();
    Set<Integer> required =
        settings.requiredCharacters().codePoints().boxed().collect(Collectors.toSet());
    long total = 0;
    for (int each = 0; each < counts.limit(); each++) {
      total += counts.count(each);
      if (counts.count(each) > 0 || required.contains(each)) {
        all.add(each);
      }
    }
    required.stream().filter(each -> each >= counts.limit()).forEach(all::add);
    Comparator<Integer> byCount = Comparator.comparingLong(each -> -counts.count(each));
    Comparator<Integer> order = byCount.thenComparing(each -> each);
    all.sort(
        Comparator.<Integer, Boolean>comparing(each -> !required.contains(each))
            .thenComparing(order));
    List<Integer> chosen = new ArrayList<>();
    long covered = 0;
    int taken = 0;
    for (int each : all) {
      // In float, as SentencePiece compares: that decides where the list ends.
      boolean enough = (float) ((double) covered / total) >= (float) settings.characterCoverage();
      if (enough && !required.contains(each)) {
        break;
      }
      covered += counts.count(each);
      taken++;
      if (each != '\t') { // stands for special pieces in the counts
        chosen.add(each);
      }
    }
    chosen.sort(order);
    long left = all.stream().skip(taken).filter(each -> each != '\t').count();
    return new Characters(chosen, (double) covered / total, (int) left);
  }
}
