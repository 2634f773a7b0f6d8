package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of streams at once: none fails, none is left behind, and clients that do not read hold
 * up nobody. How long that takes is measured by {@code bench/run StreamsLoad}.
 */
final class StreamsIT {
  private static final int STREAMS = 500;
  private static final int SILENT = 50;
  private static final int TOKENS = 48;

  /** Numbers all events in the order in which they are read. */
  private final AtomicLong clock = new AtomicLong();

  /** The numbers of a stream's events, and its last one. */
  private record Read(List<Long> events, String last) {
    int until(long time) {
      return (int) events.stream().filter(event -> event <= time).count();
    }
  }

  @Test
  void allStreamsGoOnTogetherBesideClientsThatDoNotRead() throws Exception {
    try (RunningServer server = RunningServer.storiesForMany(STREAMS + SILENT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      URI url = URI.create(server.url());
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < SILENT; i++) {
        silent.add(ask(url, i));
      }
      List<Future<Read>> reading = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        int stream = i;
        reading.add(threads.submit(() -> read(url, stream)));
      }
      List<Read> streams = new ArrayList<>();
      for (Future<Read> each : reading) {
        streams.add(each.get());
      }
      for (Socket each : silent) {
        each.close();
      }
      assertThat(streams)
          .allSatisfy(stream -> assertThat(stream.last()).containsPattern("STOP|MAX_TOKENS"));
      assertThatNoneIsLeftBehind(streams);
      assertThat(server.assistant().stats().preemptions()).isZero();
    }
  }

  /**
   * When half of all events have come, those that have begun by then are between a fifth of the way
   * and the end: the engine gives each a token in every step, so what is left are the moments at
   * which they began and at which their readers had a turn.
   */
  private void assertThatNoneIsLeftBehind(List<Read> streams) {
    long half = clock.get() / 2;
    List<Read> begun =
        streams.stream().filter(stream -> stream.events().getFirst() < half / 2).toList();
    assertThat(begun).isNotEmpty();
    assertThat(begun)
        .allSatisfy(stream ->
            assertThat(stream.until(half)).isGreaterThanOrEqualTo(stream.events().size() / 5));
  }

  private Read read(URI url, int stream) throws IOException {
    List<Long> events = new ArrayList<>();
    String last = "";
    try (Socket socket = ask(url, stream);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          events.add(clock.incrementAndGet());
          last = line;
        }
      }
    }
    return new Read(events, last);
  }

  private static Socket ask(URI url, int seed) throws IOException {
    String body =
        Api.request(
            "Once upon a time",
            "\"temperature\":0.5,\"seed\":%d,\"maxOutputTokens\":%d".formatted(seed, TOKENS));
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(Api.STREAM, url.getAuthority(), body.length());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
