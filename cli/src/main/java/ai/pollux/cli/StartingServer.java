package ai.pollux.cli;

import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.Interceptor;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.telemetry.TelemetryOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A server that starts on a thread of its own, while the model is loaded on the caller's. Owns the
 * server until {@link #await} hands it over; {@link #close} then does nothing more.
 */
final class StartingServer implements AutoCloseable {
  private final FutureTask<GeminiServer> server;
  private boolean isHandedOver;

  StartingServer(ServerOptions options, TelemetryOptions told) {
    server = new FutureTask<>(() -> new GeminiServer(options, Interceptor.NONE, told));
    Thread.ofPlatform().name("pollux-http-start").daemon().start(server);
  }

  /**
   * The server, once it listens. The caller closes it.
   *
   * @throws RuntimeException that kept it from listening
   */
  GeminiServer await() throws InterruptedException {
    try {
      GeminiServer started = server.get();
      isHandedOver = true;
      return started;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the server did not start", e.getCause());
    }
  }

  /** Closes a server that nobody waited for, because the model could not be loaded. */
  @Override
  public void close() {
    if (isHandedOver) {
      return;
    }
    try {
      server.get().close();
    } catch (ExecutionException e) {
      // It never listened, and there is nothing to close; another failure is being told.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
