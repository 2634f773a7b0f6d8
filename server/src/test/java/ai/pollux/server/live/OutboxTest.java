package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutboxTest {
  /** A client that reads only when it is let to. */
  private static final class Client implements Outbox.Frames {
    final List<String> read = new CopyOnWriteArrayList<>();
    final CountDownLatch wakes = new CountDownLatch(1);
    final CountDownLatch isWritten = new CountDownLatch(1);
    final CountDownLatch isCut = new CountDownLatch(1);

    @Override
    public void text(String message) {
      isWritten.countDown();
      try {
        wakes.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      read.add(message);
    }

    @Override
    public void pong(byte[] payload) {
      read.add("pong " + payload.length);
    }

    @Override
    public void close(int code, String reason) {
      read.add(code + " " + reason);
    }

    @Override
    public void abort() {
      isCut.countDown();
      wakes.countDown();
    }
  }

  private final Client client = new Client();
  private final Outbox outbox = new Outbox(client);

  private Thread start() {
    return Thread.ofVirtual().start(outbox::run);
  }

  @Test
  void whatWasSentComesBeforeTheEndAndNothingBehindIt() throws Exception {
    outbox.send("one");
    outbox.pong(new byte[3]);
    outbox.close(new LiveException(1008, "enough"));
    outbox.send("late");
    outbox.close(new LiveException(1011, "late, too"));
    client.wakes.countDown();
    start().join();
    assertThat(client.read).containsExactly("one", "pong 3", "1008 enough");
    assertThat(client.isCut.getCount()).isZero();
  }

  @Test
  void whoeverAsksForRoomWaitsForASlowClientAndOthersDoNot() throws Exception {
    start();
    for (int i = 0; i < 200; i++) {
      outbox.send("message " + i); // Never waits.
    }
    Thread answer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outbox.awaitRoom();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(answer.join(Duration.ofMillis(200))).isFalse();
    client.wakes.countDown();
    answer.join();
    outbox.gone();
  }

  @Test
  void aClientThatReadsNothingIsCut() throws Exception {
    Thread writer = start();
    outbox.send("one");
    client.isWritten.await();
    outbox.checkStuck(Duration.ofHours(1), System.nanoTime());
    assertThat(client.isCut.getCount()).isEqualTo(1);
    outbox.checkStuck(Duration.ZERO, System.nanoTime() + 1);
    client.isCut.await();
    outbox.gone();
    writer.join();
  }

  @Test
  void aClientThatOnlyAsksIsSentAway() throws Exception {
    for (int i = 0; i < 5000; i++) {
      outbox.send("x");
    }
    client.wakes.countDown();
    start().join();
    assertThat(client.read)
        .hasSize(4097)
        .last()
        .isEqualTo("1008 Too many messages wait to be read.");
  }
}
