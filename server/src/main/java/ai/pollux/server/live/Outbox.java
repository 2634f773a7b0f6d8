package ai.pollux.server.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent to one client, in order, by one thread that runs {@link #run}. Others never
 * wait for the client, unless they ask to by {@link #awaitRoom}.
 */
public final class Outbox {
  /** Messages that may wait before an answer waits with them. */
  private static final int ROOM = 64;

  /** Messages that may wait at all: beyond that a client asks much and reads nothing. */
  private static final int MOST = 4096;

  /** How long a client has to confirm that the connection ends. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Frames frames;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Consumer<Frames>> queue = new ArrayDeque<>();
  private @Nullable LiveException end;
  private boolean isOver;
  private volatile long writingSince = Long.MAX_VALUE;

  /** Where messages go; each call may wait for the client. */
  public interface Frames {
    /** Sends a message. */
    void text(String message);

    /** Answers a ping. */
    void pong(byte[] payload);

    /** Says that no more comes. */
    void close(int code, String reason);

    /** Cuts the connection. Any thread may call it. */
    void abort();
  }

  /** Empty. */
  public Outbox(Frames frames) {
    this.frames = frames;
  }

  /** Sends a message, soon. */
  public void send(String message) {
    enqueue(to -> to.text(message));
  }

  /** Answers a ping, soon. */
  public void pong(byte[] payload) {
    enqueue(to -> to.pong(payload));
  }

  private void enqueue(Consumer<Frames> frame) {
    lock.lock();
    try {
      if (end != null || isOver) {
        return;
      }
      if (queue.size() >= MOST) {
        end = new LiveException(LiveException.POLICY, "Too many messages wait to be read.");
      } else {
        queue.add(frame);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the client has read most of what was sent. */
  void awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (queue.size() >= ROOM && end == null && !isOver) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection, after what was sent before. The first reason counts. */
  public void close(LiveException reason) {
    lock.lock();
    try {
      if (end == null) {
        end = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The client ends the connection: nothing but the confirmation is sent any more. */
  public void confirmClose(int code) {
    lock.lock();
    try {
      queue.clear();
      if (end == null) {
        end = new LiveException(code, "");
      }
      isOver = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone. */
  public void gone() {
    lock.lock();
    try {
      queue.clear();
      isOver = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it ends or has ended. */
  public boolean isClosing() {
    lock.lock();
    try {
      return end != null || isOver;
    } finally {
      lock.unlock();
    }
  }

  /** Cuts the connection if the client leaves a message unread for so long. */
  void checkStuck(Duration longest, long nanoTime) {
    long since = writingSince;
    if (since != Long.MAX_VALUE && nanoTime - since > longest.toNanos()) {
      frames.abort();
    }
  }

  /** Sends until the end; then waits a moment for the client and cuts the connection. */
  public void run() {
    try {
      for (Consumer<Frames> next = next(); next != null; next = next()) {
        writingSince = System.nanoTime();
        next.accept(frames);
        writingSince = Long.MAX_VALUE;
      }
      farewell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The client is gone; whoever reads from it notices too.
    } finally {
      gone();
      frames.abort();
    }
  }

  private @Nullable Consumer<Frames> next() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && end == null && !isOver) {
        changed.await();
      }
      Consumer<Frames> next = queue.poll();
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void farewell() throws InterruptedException {
    LiveException reason;
    lock.lock();
    try {
      reason = end;
    } finally {
      lock.unlock();
    }
    if (reason == null) {
      return;
    }
    writingSince = System.nanoTime();
    frames.close(reason.code(), reason.reason());
    writingSince = Long.MAX_VALUE;
    lock.lock();
    try {
      long left = FAREWELL.toNanos();
      while (!isOver && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
