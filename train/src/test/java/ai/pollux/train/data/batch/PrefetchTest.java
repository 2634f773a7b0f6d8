package ai.pollux.train.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.train.data.DataException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PrefetchTest {
  @Test
  void orderIsKept() {
    try (Prefetch<Integer> ahead = new Prefetch<>(IntStream.range(0, 1000).boxed().iterator(), 3)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(ahead.next()).isEqualTo(i);
      }
      assertThat(ahead.hasNext()).isFalse();
      assertThatThrownBy(ahead::next).isInstanceOf(java.util.NoSuchElementException.class);
      assertThat(ahead.starvation().given()).isEqualTo(1000);
    }
  }

  @Test
  void noMoreAreMadeThanMayWait() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    try (Prefetch<Integer> ahead =
        new Prefetch<>(Stream.generate(made::incrementAndGet).iterator(), 4)) {
      assertThat(ahead.next()).isEqualTo(1);
      for (int i = 0; i < 100 && made.get() < 6; i++) {
        Thread.sleep(10);
      }
      Thread.sleep(50);
      assertThat(made.get()).as("one given, four wait, one in hand").isLessThanOrEqualTo(6);
    }
  }

  @Test
  void aSlowMakerIsMeasured() {
    Iterator<Integer> slow =
        IntStream.range(0, 5)
            .mapToObj(i -> {
              try {
                Thread.sleep(30);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return i;
            })
            .iterator();
    try (Prefetch<Integer> ahead = new Prefetch<>(slow, 2)) {
      ahead.forEachRemaining(_ -> {});
      assertThat(ahead.starvation().waits()).as("the first does not count").isBetween(4L, 5L);
      assertThat(ahead.starvation().waitedMillis()).isGreaterThanOrEqualTo(60);
    }
  }

  @Test
  void aFastMakerStarvesNobody() throws InterruptedException {
    try (Prefetch<Integer> ahead = new Prefetch<>(IntStream.range(0, 20).boxed().iterator(), 20)) {
      ahead.next();
      Thread.sleep(300); // the step
      for (int i = 0; i < 19; i++) {
        ahead.next();
      }
      assertThat(ahead.starvation().waits()).isZero();
    }
  }

  @Test
  void whatTheMakerThrowsComesAfterWhatItMade() {
    Iterator<Integer> failing =
        Stream.iterate(0, i -> i + 1)
            .peek(i -> {
              if (i == 3) {
                throw new DataException("the disk is gone");
              }
            })
            .iterator();
    try (Prefetch<Integer> ahead = new Prefetch<>(failing, 8)) {
      assertThat(ahead.next()).isZero();
      assertThat(ahead.next()).isEqualTo(1);
      assertThat(ahead.next()).isEqualTo(2);
      assertThatThrownBy(ahead::next)
          .isInstanceOf(DataException.class)
          .hasMessage("the disk is gone");
    }
  }

  @Test
  void errorsReachTheCallerToo() {
    Iterator<Integer> failing =
        Stream.<Integer>generate(
                () -> {
                  throw new OutOfMemoryError("no heap");
                })
            .iterator();
    try (Prefetch<Integer> ahead = new Prefetch<>(failing, 8)) {
      assertThatThrownBy(ahead::hasNext)
          .hasMessageContaining("what was read ahead failed")
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void closingEndsTheThread() {
    Prefetch<Integer> ahead = new Prefetch<>(Stream.iterate(0, i -> i + 1).iterator(), 2);
    ahead.next();
    ahead.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("prefetch") && thread.isAlive());
  }
}
