package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.engine.EngineBusyException;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.http.KeptInteractions.Asked;
import ai.pollux.server.interactions.Interaction;
import ai.pollux.server.interactions.InteractionDraft;
import ai.pollux.server.interactions.InteractionError;
import ai.pollux.server.interactions.InteractionRequest;
import ai.pollux.server.interactions.Steps;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.state.Interactions;
import ai.pollux.server.state.Role;
import ai.pollux.server.state.StoredInteraction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the interactions that nobody waits for, a few at a time. May be killed at any moment:
 * whoever runs next begins them anew.
 */
final class InteractionRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InteractionRunner.class);
  private static final int AT_A_TIME = 4;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final LateState state;
  private final KeptInteractions kept;
  private final Clock clock;
  private final String owner = UUID.randomUUID().toString();
  private final Semaphore news = new Semaphore(0);
  private final Semaphore free = new Semaphore(AT_A_TIME);
  private final Map<String, Answer> running = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread;
  private volatile boolean isClosing;

  /** Starts to look for interactions. */
  InteractionRunner(LateState state, KeptInteractions kept, Clock clock) {
    this.state = state;
    this.kept = kept;
    this.clock = clock;
    thread = Thread.ofVirtual().name("pollux-interactions").start(this::run);
  }

  /** There may be something to do. */
  void wake() {
    news.release();
  }

  /** Ends the answer to one that was cancelled or deleted. Other servers see it by its lease. */
  void stop(String id) {
    Answer answer = running.get(id);
    if (answer != null) {
      answer.close();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean isIdle = true;
        try {
          isIdle = !workOnNext();
        } catch (RuntimeException e) {
          if (!isClosing) { // else its interrupt met the database
            LOG.warn("interactions wait: {}", e.toString());
          }
        }
        if (isIdle) {
          boolean isTold = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          news.drainPermits();
          LOG.trace("looking for interactions again, told: {}", isTold);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean workOnNext() throws InterruptedException {
    if (state.ifOpen().isEmpty() || !kept.isReady()) {
      return false;
    }
    free.acquire();
    boolean isTaken = false;
    try {
      Optional<StoredInteraction> next = kept.all().claim(owner, LEASE);
      next.ifPresent(taken -> threads.execute(() -> work(taken)));
      isTaken = next.isPresent();
    } finally {
      if (!isTaken) {
        free.release();
      }
    }
    return isTaken;
  }

  private void work(StoredInteraction taken) {
    Interactions all = kept.all();
    Thread renewing = Thread.ofVirtual().start(() -> renew(all, taken.id()));
    try {
      Interaction answered = answer(all, taken);
      boolean isMine = all.finish(taken.id(), owner, answered.state(), answered.json());
      LOG.debug("interactions/{} has ended, kept: {}", taken.id(), isMine);
    } catch (InterruptedException e) {
      all.release(taken.id(), owner); // closed
    } catch (RuntimeException e) {
      if (isClosing) {
        all.release(taken.id(), owner);
      } else { // Kept until its lease is over, so that it is not taken again at once and without
        // end.
        LOG.warn("interactions/{} waits", taken.id(), e);
      }
    } finally {
      renewing.interrupt();
      free.release();
    }
  }

  /** What came of one; its own mistakes too. */
  private Interaction answer(Interactions all, StoredInteraction taken)
      throws InterruptedException {
    String json = taken.request().orElseThrow();
    InteractionRequest request;
    try {
      request = OpenAiJson.read(json.getBytes(StandardCharsets.UTF_8), InteractionRequest.class);
    } catch (ApiException e) { // Another version of this server may have kept it.
      return KeptInteractions.describe(taken)
          .failed(InteractionError.of(e).error(), clock.instant());
    }
    InteractionDraft draft =
        new InteractionDraft(KeptInteractions.describe(taken), request, clock, RandomIds::next);
    while (all.renew(taken.id(), owner, LEASE)) {
      try {
        return answer(all, taken, request, draft);
      } catch (EngineBusyException e) {
        Thread.sleep(PATIENCE);
      } catch (RuntimeException e) {
        return all.renew(taken.id(), owner, LEASE)
            ? draft.failed(Replies.error(e))
            : draft.cancelled();
      }
    }
    return draft.cancelled();
  }

  private Interaction answer(
      Interactions all, StoredInteraction taken, InteractionRequest request, InteractionDraft draft)
      throws InterruptedException {
    Caller caller = new Caller("interaction", taken.project(), Role.DEVELOPER, Optional.empty());
    Asked asked = kept.ask(request, Steps.parse(taken.input()), caller);
    try (Answer answer = asked.assistant().answer(asked.request())) {
      running.put(taken.id(), answer);
      if (!all.renew(taken.id(), owner, LEASE)) {
        return draft.cancelled(); // before it could be found here
      }
      while (answer.hasNext()) {
        draft.push(answer.next());
      }
      return draft.whole(answer.usage());
    } finally {
      running.remove(taken.id());
    }
  }

  private void renew(Interactions all, String id) {
    try {
      do {
        Thread.sleep(LEASE.dividedBy(3));
      } while (all.renew(id, owner, LEASE));
      stop(id);
    } catch (InterruptedException e) {
      // Nobody works on it any longer.
    }
  }

  /** Stops; what was begun is given back. */
  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    threads.shutdownNow();
    try {
      thread.join(Duration.ofSeconds(5));
      boolean isDone = threads.awaitTermination(5, TimeUnit.SECONDS);
      LOG.debug("interactions are given back: {}", isDone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
