package ai.pollux.server.live;

import ai.pollux.server.live.ServerMessage.SessionResumptionUpdate;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The handles of one session, where it asked for them: the last few stay good, as the client may
 * have missed the latest. For one thread at a time.
 */
final class Handles {
  private static final int MOST = 3;

  private final SavedSessions saved;
  private final String project;
  private final boolean areWanted;
  private final boolean isTransparent;
  private final Deque<String> given = new ArrayDeque<>();

  Handles(SavedSessions saved, String project, Setup.@Nullable SessionResumption asked) {
    this.saved = saved;
    this.project = project;
    areWanted = asked != null;
    isTransparent = asked != null && Boolean.TRUE.equals(asked.transparent());
  }

  /** Whether the session may be resumed. */
  boolean areWanted() {
    return areWanted;
  }

  /**
   * Saves the dialogue.
   *
   * @param lastConsumed index of the client's last message that it includes; setup is 0
   */
  SessionResumptionUpdate give(Dialogue dialogue, long lastConsumed) {
    String handle = saved.save(project, dialogue.contents(), dialogue.characters());
    given.add(handle);
    if (given.size() > MOST) {
      saved.forget(given.removeFirst());
    }
    return new SessionResumptionUpdate(
        handle, true, isTransparent ? Long.toString(lastConsumed) : null);
  }

  /** While an answer is written there is nothing to resume. */
  static SessionResumptionUpdate none() {
    return new SessionResumptionUpdate(null, null, null);
  }
}
