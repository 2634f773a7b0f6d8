package ai.pollux.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.http.Interceptor.Pace;
import ai.pollux.server.http.Interceptor.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PacedStreamTest {
  /** Knows whether it was closed. */
  private static final class Sink extends ByteArrayOutputStream {
    private boolean isClosed;

    @Override
    public void close() {
      isClosed = true;
    }
  }

  private static void send(PacedStream out, String message) throws IOException {
    out.write(message.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void messagesPassAndTheStreamIsClosed() throws IOException {
    Sink sink = new Sink();
    try (PacedStream out = new PacedStream(sink, Pace.UNCHANGED)) {
      send(out, "one ");
      send(out, "two");
    }
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("one two");
    assertThat(sink.isClosed).isTrue();
  }

  @Test
  void whatIsCutGetsNoEnd() throws IOException {
    Sink sink = new Sink();
    PacedStream out = new PacedStream(sink, new Pace(Duration.ZERO, OptionalInt.of(1)));
    send(out, "one ");
    assertThatThrownBy(() -> send(out, "two"))
        .isInstanceOf(IOException.class)
        .hasMessage("cut after 1 messages, as was asked for");
    out.close();
    assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("one ");
    assertThat(sink.isClosed).isFalse();
  }

  @Test
  void pausesStandBetweenMessagesOnly() throws IOException {
    PacedStream out =
        new PacedStream(new Sink(), new Pace(Duration.ofMillis(60), OptionalInt.empty()));
    long started = System.nanoTime();
    send(out, "one");
    send(out, "two");
    send(out, "three");
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(120));
  }

  @Test
  void nothingCannotBeSaid() {
    assertThatThrownBy(() -> new Verdict.Say(List.of(), Pace.UNCHANGED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("messages: expected at least one, found none");
  }
}
