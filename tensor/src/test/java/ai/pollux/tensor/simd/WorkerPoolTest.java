package ai.pollux.tensor.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every part once, failures reported, threads that sleep and end. */
class WorkerPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPartIsDoneOnce(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      assertThat(pool.threads()).isEqualTo(threads);
      for (int parts = 0; parts <= 100; parts++) {
        AtomicIntegerArray done = new AtomicIntegerArray(101);
        pool.run(part -> done.incrementAndGet(part), parts);
        for (int part = 0; part <= 100; part++) {
          assertThat(done.get(part))
              .as("part %d of %d", part, parts)
              .isEqualTo(part < parts ? 1 : 0);
        }
      }
    }
  }

  /** More threads than cores, and tasks so small that most wake to find nothing left. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aHundredThousandTinyTasksLoseNoPart(int threads) {
    int tasks = 100_000;
    int parts = 3;
    AtomicLong sum = new AtomicLong();
    ParallelTask task = part -> sum.addAndGet(part + 1);
    try (WorkerPool pool = new WorkerPool(threads)) {
      for (int i = 0; i < tasks; i++) {
        pool.run(task, parts);
        if (sum.get() != 6L * (i + 1)) {
          throw new AssertionError(
              "task %d: expected a sum of %d when run returned, found %d"
                  .formatted(i, 6L * (i + 1), sum.get()));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void theFailureOfAPartIsThrownToTheCallerAndThePoolWorksOn(int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      for (int failing = 0; failing < 20; failing++) {
        int wrong = failing;
        ParallelTask task =
            part -> {
              if (part == wrong) {
                throw new IllegalArgumentException("part " + part + " is wrong");
              }
            };
        assertThatThrownBy(() -> pool.run(task, 20))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("part " + failing + " is wrong");
        AtomicLong sum = new AtomicLong();
        pool.run(sum::addAndGet, 20);
        assertThat(sum).hasValue(190);
      }
    }
  }

  @Test
  void anErrorOfAWorkerReachesTheCallerToo() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Thread caller = Thread.currentThread();
      ParallelTask task =
          part -> {
            if (Thread.currentThread() != caller) {
              throw new OutOfMemoryError("of " + Thread.currentThread().getName());
            }
            pause();
          };
      assertThatThrownBy(() -> pool.run(task, 100))
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessage("of pollux-simd-1");
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void idleThreadsSleepAndWakeAgain() {
    Set<Thread> before = Threads.workers();
    try (WorkerPool pool = new WorkerPool(4)) {
      List<Thread> workers = Threads.since(before);
      assertThat(workers).hasSize(3).allMatch(Thread::isDaemon);
      for (int round = 0; round < 3; round++) {
        AtomicLong sum = new AtomicLong();
        pool.run(sum::addAndGet, 50);
        assertThat(sum).hasValue(1225);
        // Ends by the time limit if one never sleeps.
        while (!workers.stream().allMatch(each -> each.getState() == Thread.State.WAITING)) {
          pause();
        }
      }
    }
  }

  @Test
  void closeEndsTheThreadsAndLaterTasksAreRefused() {
    Set<Thread> before = Threads.workers();
    WorkerPool pool = new WorkerPool(4);
    List<Thread> workers = Threads.since(before);
    assertThat(workers).hasSize(3);
    pool.close();
    assertThat(workers).noneMatch(Thread::isAlive);
    pool.close();
    assertThatThrownBy(() -> pool.run(part -> {}, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the threads of this backend have ended: it was closed");
  }

  @Test
  void refusesToHaveNoThread() {
    assertThatThrownBy(() -> new WorkerPool(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected at least 1, found 0");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a test was interrupted", e);
    }
  }
}
