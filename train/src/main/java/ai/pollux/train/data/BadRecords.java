package ai.pollux.train.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Records that could not be used: counted, the first named, too many refused. May be used by many
 * threads.
 */
public final class BadRecords {
  private static final int NAMED = 100;

  private final long limit;
  private final List<String> named = new ArrayList<>();
  private long count;

  /**
   * None yet.
   *
   * @param limit how many are let pass
   */
  public BadRecords(long limit) {
    this.limit = limit;
  }

  /**
   * One more.
   *
   * @throws DataException if there are more than the limit now
   */
  public synchronized void add(String source, long index, String what) {
    String line = "%s, record %d: %s".formatted(source, index, what);
    count++;
    if (named.size() < NAMED) {
      named.add(line);
    }
    if (count > limit) {
      throw new DataException(
          "Found %d bad records, more than the %d that are let pass. The last: %s Mend the source, or raise the limit."
              .formatted(count, limit, line));
    }
  }

  /** How many so far. */
  public synchronized long count() {
    return count;
  }

  /** The first of them: source, record, what is wrong. */
  public synchronized List<String> named() {
    return List.copyOf(named);
  }
}
