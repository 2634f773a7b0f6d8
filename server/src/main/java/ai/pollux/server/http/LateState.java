package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.ServerState;
import ai.pollux.server.state.StateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state, opened on a thread of its own so that the first answers need not wait for it. Owns it.
 */
final class LateState implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateState.class);

  private final FutureTask<ServerState> opening;
  private final boolean wasThere;

  /**
   * Begins to open it.
   *
   * @param url of the database
   * @param file the database's file, where it is one
   * @param requestLog how long requests are remembered
   */
  LateState(String url, Optional<Path> file, Duration requestLog) {
    wasThere = file.isEmpty() || Files.exists(file.get());
    opening = new FutureTask<>(() -> open(url, requestLog));
    Thread.ofPlatform().name("pollux-state").daemon().start(opening);
  }

  private static ServerState open(String url, Duration requestLog) {
    try {
      return ServerState.open(url, Clock.systemUTC(), requestLog);
    } catch (StateException e) {
      LOG.error("{}", e.getMessage());
      throw e;
    }
  }

  /**
   * The state; waits for it.
   *
   * @throws ApiException UNAVAILABLE if it cannot be opened
   */
  ServerState get() {
    try {
      return require();
    } catch (StateException e) {
      throw new ApiException(
          ApiException.Status.UNAVAILABLE,
          "The server's database cannot be used; its log says why.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ApiException.Status.UNAVAILABLE, "The server is closing.");
    }
  }

  /**
   * The state; waits for it.
   *
   * @throws StateException if it cannot be opened
   */
  ServerState require() throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the database was not opened", e.getCause());
    }
  }

  /** The state, once it is open; nothing before, nor where it cannot be opened. */
  Optional<ServerState> ifOpen() {
    return opening.state() == FutureTask.State.SUCCESS
        ? Optional.of(opening.resultNow())
        : Optional.empty();
  }

  /** The state if there may be keys in it: a file that did not exist has none until it is open. */
  Optional<ServerState> withKeys() {
    return wasThere ? Optional.of(get()) : ifOpen();
  }

  /** Closes it, even while it is being opened, and however often its thread is interrupted. */
  @Override
  public void close() {
    boolean isInterrupted = false;
    while (true) {
      try {
        require().close();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
      } catch (RuntimeException e) {
        break; // It was never open.
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
