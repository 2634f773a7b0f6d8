package ai.pollux.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long a newcomer waits: {@code bench/run ColdStart ./pollux MODEL 5} starts a server five
 * times as a process of its own, asks it for a streamed answer the moment it says that it is ready,
 * and prints what each took and the medians. The first start, which may build, does not count.
 */
final class ColdStart {
  private static final String BODY =
      """
      {"contents": [{"parts": [{"text": "Once upon a time"}]}], "generationConfig": {"maxOutputTokens": 16}}
      """;

  private ColdStart() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("expected POLLUX MODEL RUNS, found " + arguments.length);
    }
    start(arguments[0], arguments[1]);
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
      Start start = start(arguments[0], arguments[1]);
      starts.add(start);
      System.out.println(start);
    }
    System.out.println(
        "median: "
            + new Start(
                median(starts, Start::readySeconds),
                median(starts, Start::firstTokenSeconds),
                median(starts, Start::processorSeconds)));
  }

  /**
   * One start.
   *
   * @param readySeconds from the start of the process to the line with its URL
   * @param firstTokenSeconds from the start of the process to the first event of the answer
   * @param processorSeconds time that all threads computed until then
   */
  private record Start(double readySeconds, double firstTokenSeconds, double processorSeconds) {
    @Override
    public String toString() {
      return "ready %.2f s, first token %.2f s, processor %.2f s"
          .formatted(readySeconds, firstTokenSeconds, processorSeconds);
    }
  }

  private static Start start(String pollux, String model) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(pollux, "serve", "--model", model, "--port", "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String ready = out.readLine();
      if (ready == null) {
        throw new IOException(pollux + " ended before it was ready");
      }
      long isReady = System.nanoTime();
      awaitFirstEvent(URI.create(ready.substring(ready.indexOf("http"))));
      long isAnswered = System.nanoTime();
      Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
      return new Start(
          (isReady - begin) / 1e9, (isAnswered - begin) / 1e9, processor.toMillis() / 1e3);
    } finally {
      process.toHandle().destroy();
      process.waitFor();
    }
  }

  /** Over a plain socket: a client that is slow to start itself would be measured too. */
  private static void awaitFirstEvent(URI server) throws IOException {
    byte[] body = BODY.getBytes(UTF_8);
    String head =
        "POST /v1beta/models/gemini-pro:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(body.length);
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);
      String line = lines.readLine();
      while (line != null && !line.startsWith("data:")) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("the answer ended before its first event");
      }
    }
  }

  private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
    return starts.stream()
        .sorted(Comparator.comparingDouble(value))
        .skip(starts.size() / 2)
        .mapToDouble(value)
        .findFirst()
        .orElseThrow();
  }
}
