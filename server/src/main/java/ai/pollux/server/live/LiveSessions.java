package ai.pollux.server.live;

import ai.pollux.server.gemini.ApiException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The live sessions of a server. One thread looks at their clocks; it ends with {@link #close}. May
 * be used by many threads.
 */
public final class LiveSessions implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  /** How long answers have that are being written when the server ends. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final LiveSetting setting;
  private final SavedSessions saved;
  private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();
  private final Thread clock;
  private volatile boolean isClosing;

  /** None yet. */
  public LiveSessions(LiveSetting setting) {
    this.setting = setting;
    saved =
        new SavedSessions(
            setting.limits().resumable(), setting.limits().savedBytes(), setting.clock());
    clock = Thread.ofVirtual().name("live-clock").start(this::tick);
  }

  /**
   * Opens a session.
   *
   * @param grant what its token allows; absent where the client has a key
   * @param caller on whose account it is
   * @throws ApiException RESOURCE_EXHAUSTED where as many are open as may be, UNAVAILABLE where the
   *     server ends
   */
  public LiveSession open(Optional<AuthTokens.Grant> grant, LiveCaller caller, Outbox outbox) {
    if (isClosing) {
      throw new ApiException(ApiException.Status.UNAVAILABLE, "The server is closing.");
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LiveSession session = new LiveSession(id, setting, grant, caller, saved, outbox);
    caller.opens();
    synchronized (open) {
      if (open.size() >= setting.limits().sessions()) {
        throw new ApiException(
            ApiException.Status.RESOURCE_EXHAUSTED,
            "%d live sessions are open, as many as this server allows. Try again later."
                .formatted(open.size()));
      }
      open.add(session);
    }
    return session;
  }

  /** The connection of a session is gone. */
  public void remove(LiveSession session) {
    session.gone();
    open.remove(session);
  }

  /** How many are open. */
  public int count() {
    return open.size();
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        open.forEach(LiveSession::tick);
      }
    } catch (InterruptedException e) {
      // The server ends.
    }
  }

  /** Warns all clients, lets answers end that are nearly whole, and ends the sessions. */
  @Override
  public void close() {
    isClosing = true;
    open.forEach(session -> session.warn(LAST_WORDS));
    long until = System.nanoTime() + LAST_WORDS.toNanos();
    try {
      while (System.nanoTime() < until && open.stream().anyMatch(LiveSession::isAnswering)) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(session ->
        session.end(new LiveException(LiveException.GOING_AWAY, "The server is closing.")));
    clock.interrupt();
  }
}
