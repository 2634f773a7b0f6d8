package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  @Test
  void closesASocketWhenTheTimeIsUpUnlessItCameInTime() throws InterruptedException {
    Socket late = new Socket();
    Socket inTime = new Socket();
    Patience.with(inTime, Duration.ofMillis(50)).close();
    Patience patience = Patience.with(late, Duration.ofMillis(100));
    assertThat(late.closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(inTime.closed.getCount()).as("still open").isEqualTo(1);
    patience.close();
    Patience.ENDLESS.close();
  }

  /** A socket that can only be closed. */
  private static final class Socket implements HelidonSocket {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void close() {
      closed.countDown();
    }

    @Override
    public void idle() {}

    @Override
    public boolean isConnected() {
      return closed.getCount() > 0;
    }

    @Override
    public int read(BufferData buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(BufferData buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] get() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PeerInfo remotePeer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PeerInfo localPeer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String socketId() {
      return "";
    }

    @Override
    public String childSocketId() {
      return "";
    }
  }
}
