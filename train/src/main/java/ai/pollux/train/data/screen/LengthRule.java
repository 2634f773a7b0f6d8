package ai.pollux.train.data.screen;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many words a text has, and how long they are on average. Gopher keeps 50 to 100,000 words of
 * 3 to 10 characters, <a href="https://arxiv.org/abs/2112.11446">arXiv 2112.11446</a>, table A1.
 */
public record LengthRule(int least, int most, double shortest, double longest)
    implements Function<String, Optional<String>> {
  @Override
  public Optional<String> apply(String text) {
    List<String> words = Words.spaced(text);
    if (words.size() < least || words.size() > most) {
      return Optional.of("%d words, not %d to %d".formatted(words.size(), least, most));
    }
    double mean = words.stream().mapToInt(String::length).average().orElse(0);
    return mean < shortest || mean > longest
        ? Optional.of(
            "words of %.1f characters on average, not %.0f to %.0f"
                .formatted(mean, shortest, longest))
        : Optional.empty();
  }
}
