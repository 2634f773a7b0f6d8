package ai.pollux.tensor.simd;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the parts of one task at a time, together with the thread that asks. Owned by a
 * backend; {@link #close} ends them.
 *
 * <p>Threads take parts from a shared ticket, so a thread that the system has put aside delays only
 * the part it holds. Between tasks they spin for some tens of microseconds, the usual gap between
 * two operations, then park.
 */
final class WorkerPool implements AutoCloseable {
  private static final int IDLE_SPINS = 1_000;
  private static final int JOIN_SPINS = 4_000;
  private static final long JOIN_PARK_NANOS = 20_000;
  private static final long PARTS = 0xffff_ffffL;

  private final Worker[] workers;

  /** Task number in the high half, parts not yet taken in the low half. */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private ParallelTask task = part -> {};
  private volatile boolean closed;

  /** A pool of {@code threads} threads, the caller's included. */
  WorkerPool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker("pollux-simd-" + (i + 1));
      workers[i].start();
    }
  }

  /** Threads that compute, the caller's included. */
  int threads() {
    return workers.length + 1;
  }

  /**
   * Does parts 0 to {@code parts - 1}, last first, and returns when all are done. An exception of
   * one part is thrown here once the others have ended.
   */
  void run(ParallelTask work, int parts) {
    if (closed) {
      throw new IllegalStateException("the threads of this backend have ended: it was closed");
    }
    if (parts == 1 || workers.length == 0) {
      for (int part = parts - 1; part >= 0; part--) {
        work.run(part);
      }
    } else if (parts > 1) {
      share(work, parts);
    }
  }

  private void share(ParallelTask work, int parts) {
    task = work;
    unfinished.set(parts);
    ticket.set(((ticket.get() | PARTS) + 1) | parts);
    for (Worker worker : workers) {
      worker.wake();
    }
    takeParts();
    join();
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
  }

  /** Takes and does parts of the current task until none is left. */
  private void takeParts() {
    for (long seen = ticket.get(); (seen & PARTS) != 0; seen = ticket.get()) {
      if (ticket.compareAndSet(seen, seen - 1)) {
        try {
          // The task cannot change before this part is counted as finished.
          task.run((int) (seen & PARTS) - 1);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          unfinished.getAndDecrement();
        }
      }
    }
  }

  private void join() {
    for (int spins = 0; unfinished.get() != 0; spins++) {
      if (spins < JOIN_SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(JOIN_PARK_NANOS);
      }
    }
  }

  /** Ends the threads and waits until they have. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker extends Thread {
    private volatile boolean parked;

    Worker(String name) {
      super(name);
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      int spins = 0;
      while (!closed) {
        if ((ticket.get() & PARTS) != 0) {
          takeParts();
          spins = 0;
        } else if (spins++ < IDLE_SPINS) {
          Thread.onSpinWait();
        } else {
          park();
        }
      }
    }

    private void park() {
      parked = true;
      if ((ticket.get() & PARTS) == 0 && !closed) {
        LockSupport.park(this);
      }
      parked = false;
    }
  }
}
