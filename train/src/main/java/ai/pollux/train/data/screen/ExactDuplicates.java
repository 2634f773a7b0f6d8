package ai.pollux.train.data.screen;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import java.util.Optional;

/**
 * Leaves out a sample whose words (but for case and punctuation) and media were there before.
 * Twelve bytes for each sample.
 */
public final class ExactDuplicates implements Check {
  private final HashTable seen = new HashTable();

  @Override
  public String name() {
    return "duplicate";
  }

  @Override
  public Optional<String> objection(Sample sample) {
    long hash = Hash.of(String.join(" ", Words.plain(SampleText.words(sample))));
    for (Medium medium : SampleText.media(sample)) {
      hash = Hash.mix(hash) + Hash.of(medium);
    }
    return seen.add(hash, 1) ? Optional.empty() : Optional.of("the same was there before");
  }
}
