package ai.pollux.train.data.source;

import ai.pollux.content.Turn;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Sample;
import java.nio.file.Path;
import java.util.List;

/**
 * Pairs of answers to the same conversation, of which people liked one better: JSON lines with
 * {@code chosen} and {@code rejected}, as in HH-RLHF.
 */
public final class PreferencePairs implements AutoCloseable {
  private final JsonlSource chosen;
  private final JsonlSource rejected;

  /**
   * Two conversations that differ from the model's last turn on.
   *
   * @param chosen the better one
   */
  public record Pair(Sample.Dialogue chosen, Sample.Dialogue rejected) {}

  private PreferencePairs(JsonlSource chosen, JsonlSource rejected) {
    this.chosen = chosen;
    this.rejected = rejected;
  }

  /** Opens a file, plain or packed with gzip. */
  public static PreferencePairs open(String name, Path file) {
    return new PreferencePairs(
        JsonlSource.open(name, file, RecordFormat.humanAssistant("chosen")),
        JsonlSource.open(name, file, RecordFormat.humanAssistant("rejected")));
  }

  /** How many. */
  public long size() {
    return chosen.size();
  }

  /**
   * One pair.
   *
   * @throws BadRecordException where it is not one: other fields, or two different questions
   */
  public Pair pair(long index) {
    Sample.Dialogue better = (Sample.Dialogue) chosen.sample(index);
    Sample.Dialogue worse = (Sample.Dialogue) rejected.sample(index);
    if (!asked(better).equals(asked(worse))) {
      throw new BadRecordException(
          "Expected two answers to one conversation, found conversations that differ before the last answer.");
    }
    return new Pair(better, worse);
  }

  private static List<Turn> asked(Sample.Dialogue dialogue) {
    List<Turn> turns = dialogue.conversation().turns();
    return turns.subList(0, turns.size() - 1);
  }

  @Override
  public void close() {
    chosen.close();
    rejected.close();
  }
}
