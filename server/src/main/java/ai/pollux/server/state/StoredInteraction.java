package ai.pollux.server.state;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A question and its answer, kept so that others can go on from it.
 *
 * @param previous the id of the one that it goes on from
 * @param request JSON of the whole request, for those that are answered later
 * @param input JSON of what was said to the model
 * @param output JSON of the interaction as far as it has come; {@code status} and {@code updated}
 *     go before what it says of them
 */
public record StoredInteraction(
    String id,
    String project,
    Optional<String> previous,
    Status status,
    Optional<String> request,
    String input,
    String output,
    Instant created,
    Instant updated) {
  /** How far it is. */
  public enum Status {
    /** Waits to be answered. */
    QUEUED,
    /** Is being answered. */
    IN_PROGRESS,
    /** Waits for what functions give. */
    REQUIRES_ACTION,
    COMPLETED,
    /** Had no more room. */
    INCOMPLETE,
    FAILED,
    CANCELLED;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will come. */
    public boolean isFinal() {
      return this != QUEUED && this != IN_PROGRESS;
    }
  }
}
