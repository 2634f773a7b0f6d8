package ai.pollux.train.data.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * Makes things before they are asked for, in order, on a thread of its own; at most so many wait.
 * What the thread throws reaches the one who asks, after what was made before.
 *
 * <p>Used by one thread; owned by who made it. Closing it ends the thread, then whatever it draws
 * from may be closed.
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
  private sealed interface Item<T> {
    record Made<T>(T value) implements Item<T> {}

    record Failed<T>(Throwable failure) implements Item<T> {}

    record End<T>() implements Item<T> {}
  }

  private final BlockingQueue<Item<T>> queue;
  private final Thread thread;
  private Optional<Item<T>> next = Optional.empty();
  private long given;
  private long waits;
  private long waitedNanos;

  /**
   * Starts.
   *
   * @param things used by the new thread alone from now on
   * @param depth how many may wait
   */
  public Prefetch(Iterator<T> things, int depth) {
    queue = new ArrayBlockingQueue<>(depth);
    thread = Thread.ofPlatform().daemon().name("prefetch").start(() -> make(things));
  }

  private void make(Iterator<T> things) {
    try {
      Item<T> last;
      try {
        while (things.hasNext()) {
          queue.put(new Item.Made<>(things.next()));
        }
        last = new Item.End<>();
      } catch (RuntimeException | Error e) {
        last = new Item.Failed<>(e);
      }
      queue.put(last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody asks any more
    }
  }

  @Override
  public boolean hasNext() {
    return switch (peek()) {
      case Item.Made<T> _ -> true;
      case Item.End<T> _ -> false;
      case Item.Failed<T>(Throwable failure) -> {
        if (failure instanceof RuntimeException e) {
          throw e;
        }
        throw new IllegalStateException("what was read ahead failed: " + failure, failure);
      }
    };
  }

  @Override
  public T next() {
    if (hasNext() && peek() instanceof Item.Made<T>(T value)) {
      next = Optional.empty();
      given++;
      return value;
    }
    throw new NoSuchElementException();
  }

  private Item<T> peek() {
    if (next.isEmpty()) {
      next = Optional.of(take());
    }
    return next.get();
  }

  private Item<T> take() {
    Item<T> ready = queue.poll();
    if (ready != null) {
      return ready;
    }
    long before = System.nanoTime();
    try {
      Item<T> late = queue.take();
      waits += given > 0 ? 1 : 0; // the first has to be waited for
      waitedNanos += given > 0 ? System.nanoTime() - before : 0;
      return late;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while data were waited for");
    }
  }

  /**
   * How often the one who asks had to wait, the first time left out.
   *
   * @param given how many things were given
   * @param waits of them, how many were not ready
   */
  public record Starvation(long given, long waits, long waitedMillis) {}

  /** How it went so far. */
  public Starvation starvation() {
    return new Starvation(given, waits, waitedNanos / 1_000_000);
  }

  /** Ends the thread, and waits for that. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      while (!thread.join(java.time.Duration.ofMillis(10))) {
        queue.clear(); // where the thread swallowed the interrupt, it finds room
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
