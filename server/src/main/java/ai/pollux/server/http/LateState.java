package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.ServerState;
import ai.pollux.server.state.StateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The state, opened on a thread of its own so that the first answers need not wait for it. Owns it.
 */
final class LateState implements AutoCloseable {
  private final FutureTask<ServerState> opening;
  private final boolean wasThere;

  /**
   * Begins to open it.
   *
   * @param url of the database
   * @param file the database's file, where it is one
   */
  LateState(String url, Optional<Path> file) {
    wasThere = file.isEmpty() || Files.exists(file.get());
    opening = new FutureTask<>(() -> ServerState.open(url, Clock.systemUTC()));
    Thread.ofPlatform().name("pollux-state").daemon().start(opening);
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
    }
  }

  /**
   * The state; waits for it.
   *
   * @throws StateException if it cannot be opened
   */
  ServerState require() {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the database was not opened", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(ApiException.Status.UNAVAILABLE, "The server is closing.");
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

  @Override
  public void close() {
    try {
      require().close();
    } catch (RuntimeException e) {
      // It was never open.
    }
  }
}
