package ai.pollux.server.state;

import java.time.Instant;
import java.util.Optional;

/**
 * Many requests that are answered when there is time.
 *
 * @param model what was asked, as the caller named it
 * @param inputFile the id of the file that the rows came from
 * @param outputFile the id of the file with the answers, for batches from a file
 * @param priority higher goes first
 * @param counts its rows
 */
public record Batch(
    String id,
    String project,
    String model,
    Kind kind,
    String displayName,
    Optional<String> inputFile,
    Optional<String> outputFile,
    long priority,
    State state,
    Optional<String> error,
    Instant created,
    Instant updated,
    Optional<Instant> ended,
    Counts counts) {
  /** What each row asks. */
  public enum Kind {
    GENERATE,
    EMBED
  }

  /** How far it is. */
  public enum State {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    EXPIRED;

    /** Whether nothing more will happen. */
    public boolean isEnd() {
      return this != PENDING && this != RUNNING;
    }
  }

  /** Rows, and how many of them were answered, well or with an error. */
  public record Counts(long rows, long succeeded, long failed) {
    /** Rows without an answer. */
    public long pending() {
      return rows - succeeded - failed;
    }
  }

  /**
   * A row that comes in.
   *
   * @param label what the caller calls it
   * @param metadata JSON that comes back with the answer
   * @param request JSON
   */
  public record NewRow(Optional<String> label, Optional<String> metadata, String request) {}

  /**
   * A row.
   *
   * @param outcome JSON of the answer or the error; empty while there is none
   */
  public record Row(
      long position,
      Optional<String> label,
      Optional<String> metadata,
      String request,
      Optional<String> outcome,
      boolean isError) {}
}
