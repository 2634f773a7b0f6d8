package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Content;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Conversations that another connection may go on with, by handles that cannot be guessed. In
 * memory: they end with the server. May be used by many threads.
 */
final class SavedSessions {
  private final Duration life;
  private final long mostCharacters;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Saved> saved = new LinkedHashMap<>();
  private long characters;

  /**
   * None yet.
   *
   * @param mostCharacters of all together; the oldest make room
   */
  SavedSessions(Duration life, long mostCharacters, Clock clock) {
    this.life = life;
    this.mostCharacters = mostCharacters;
    this.clock = clock;
  }

  private record Saved(String project, List<Content> contents, long characters, Instant expires) {}

  /** Keeps a conversation of a project. */
  String save(String project, List<Content> contents, long itsCharacters) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String handle = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant now = clock.instant();
    synchronized (saved) {
      saved.put(handle, new Saved(project, contents, itsCharacters, now.plus(life)));
      characters += itsCharacters;
      for (Iterator<Saved> oldest = saved.values().iterator(); oldest.hasNext(); ) {
        Saved each = oldest.next();
        boolean isLast = !oldest.hasNext();
        if (isLast || (characters <= mostCharacters && each.expires().isAfter(now))) {
          break;
        }
        characters -= each.characters();
        oldest.remove();
      }
    }
    return handle;
  }

  /**
   * What was kept for a project.
   *
   * @throws ApiException NOT_FOUND
   */
  List<Content> find(String project, String handle) {
    synchronized (saved) {
      Saved found = saved.get(handle);
      if (found != null
          && found.project().equals(project)
          && found.expires().isAfter(clock.instant())) {
        return found.contents();
      }
    }
    throw new ApiException(
        ApiException.Status.NOT_FOUND,
        "Session not found: the handle is unknown or has expired. Start a new session.");
  }

  /** Forgets a conversation, because a later one takes its place. */
  void forget(String handle) {
    synchronized (saved) {
      Saved gone = saved.remove(handle);
      characters -= gone == null ? 0 : gone.characters();
    }
  }
}
