package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.Quotas;
import ai.pollux.server.state.RequestLog;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps quotas and writes the logs. */
final class Accounting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(3);

  private final LateState state;
  private final Thread writing;
  private volatile boolean isClosing;

  /** Starts to write what is logged. */
  Accounting(LateState state) {
    this.state = state;
    writing = Thread.ofVirtual().name("pollux-log").start(this::write);
  }

  private void write() {
    try {
      while (true) {
        Thread.sleep(BETWEEN_WRITES);
        flush();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void flush() {
    try {
      state
          .ifOpen()
          .ifPresent(open -> {
            open.requests().flush();
            open.quotas().sweep();
          });
    } catch (RuntimeException e) {
      if (!isClosing) { // else its interrupt met the database; what is left is written last
        LOG.warn("the request log could not be written: {}", e.toString());
      }
    }
  }

  /**
   * Lets a request begin that a quota counts.
   *
   * @throws ApiException RESOURCE_EXHAUSTED with when to come again
   */
  void begin(ApiKey key) {
    Optional<Quotas.Exceeded> exceeded = state.get().quotas().begin(key);
    if (exceeded.isPresent()) {
      throw exhausted(key, exceeded.get());
    }
  }

  /**
   * Goes on only while a key that was good once still is.
   *
   * @throws ApiException PERMISSION_DENIED after it was revoked
   */
  void requireGood(ApiKey key) {
    if (!state.get().keys().isGood(key.id())) {
      throw new ApiException(
          ApiException.Status.PERMISSION_DENIED,
          "The API key %s was revoked.".formatted(key.hint()));
    }
  }

  /** Notes that it has ended. */
  void end(ApiKey key, Spent spent) {
    state.get().quotas().end(key, spent.tokens());
  }

  /** Notes a request in the log, as soon as there is one. */
  void log(ServerRequest request, Caller caller, Spent spent, Instant began, int status) {
    String method = request.prologue().method().text();
    log(method, request.path().path(), caller, spent, began, status);
  }

  /** The same, for what is no request of Helidon's router. */
  void log(String method, String path, Caller caller, Spent spent, Instant began, int status) {
    state
        .ifOpen()
        .ifPresent(open ->
            open.requests()
                .add(
                    new RequestLog.Entry(
                        UUID.randomUUID().toString(),
                        began,
                        caller.actor(),
                        caller.project(),
                        method,
                        path,
                        status,
                        Duration.between(began, Instant.now()).toMillis(),
                        spent.promptTokens(),
                        spent.answerTokens())));
  }

  /** Notes what somebody with a key did to data or settings; before it is answered. */
  void audit(ServerRequest request, Caller caller, String outcome) {
    audit(request.prologue().method().text(), request.path().path(), caller, outcome);
  }

  /** The same, for what is no request of Helidon's router. */
  void audit(String method, String path, Caller caller, String outcome) {
    if (!caller.equals(Caller.LOCAL)) {
      state.get().audit().write(caller.actor(), caller.project(), method, path, outcome);
    }
  }

  /** Writes what is left. */
  @Override
  public void close() {
    isClosing = true;
    writing.interrupt();
    try {
      writing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isClosing = false;
    flush();
  }

  private static ApiException exhausted(ApiKey key, Quotas.Exceeded exceeded) {
    long seconds = Math.max(1, exceeded.retry().plusMillis(999).toSeconds());
    return new ApiException(
        ApiException.Status.RESOURCE_EXHAUSTED,
        "Quota exceeded for %s of the API key %s: limit %d. Please retry in %d s."
            .formatted(exceeded.quota(), key.hint(), exceeded.limit(), seconds),
        List.of(
            Map.of(
                "@type",
                "type.googleapis.com/google.rpc.QuotaFailure",
                "violations",
                List.of(
                    Map.of(
                        "quotaMetric",
                        "pollux/" + exceeded.quota(),
                        "quotaId",
                        exceeded.quota(),
                        "quotaValue",
                        Long.toString(exceeded.limit())))),
            Map.of(
                "@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", seconds + "s")));
  }
}
