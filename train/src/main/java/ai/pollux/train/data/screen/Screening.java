package ai.pollux.train.data.screen;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.Source;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A source without the samples that checks object to.
 *
 * @param source what is left; closes the whole one
 * @param report what was left out, and why
 */
public record Screening(Source source, ScreenReport report) {
  /**
   * Asks the checks about every sample, in order; the first that objects is counted. A record that
   * cannot be read is counted as bad and left out.
   *
   * @throws ai.pollux.train.data.DataException where too many records are bad
   */
  public static Screening of(Source whole, List<? extends Check> checks, BadRecords bad) {
    ScreenReport.Tally tally = new ScreenReport.Tally(whole.name(), checks);
    BitSet kept = new BitSet();
    int size = Math.toIntExact(whole.size());
    for (int i = 0; i < size; i++) {
      Optional<Sample> sample = read(whole, i, bad);
      if (sample.isPresent() && passes(sample.get(), i, checks, tally)) {
        kept.set(i);
      }
    }
    return new Screening(new KeptSource(whole, kept.stream().toArray()), tally.report(size));
  }

  private static Optional<Sample> read(Source source, int index, BadRecords bad) {
    try {
      return Optional.of(source.sample(index));
    } catch (BadRecordException e) {
      bad.add(source.name(), index, e.what());
      return Optional.empty();
    }
  }

  private static boolean passes(
      Sample sample, int index, List<? extends Check> checks, ScreenReport.Tally tally) {
    for (Check check : checks) {
      Optional<String> objection = check.objection(sample);
      if (objection.isPresent()) {
        tally.dropped(check.name(), index, objection.get());
        return false;
      }
    }
    tally.kept();
    return true;
  }
}
