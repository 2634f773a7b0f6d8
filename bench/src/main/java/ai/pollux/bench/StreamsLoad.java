package ai.pollux.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.pollux.assistant.Answer;
import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.ModelSource;
import ai.pollux.assistant.Prompt;
import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.model.loading.Progress;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.simd.SimdBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Many streams at once: {@code bench/run StreamsLoad MODEL STREAMS TOKENS}. The same answers are
 * read three times: from the engine, in this process; over HTTP; and over HTTP beside a tenth as
 * many clients that read nothing. Limit: the engine's own time, measured first.
 *
 * <p>When the engine gives a token out is told by one more answer, read in this process: it gets a
 * token in every step, as every other does, so its k-th is as old as theirs of the same step. Which
 * step a stream's first token belongs to is not known; it is the latest for which none of the
 * stream's tokens would have come before it was made. Where that answer ends and the next begins a
 * step or two go uncounted, which makes delays behind it look longer, never shorter.
 */
final class StreamsLoad {
  private static final float TEMPERATURE = 0.5f;
  private static final int LONGEST = 490;
  private static final int ROUNDS = 8;
  private static final int WARM_ROUNDS = 3;

  private StreamsLoad() {}

  /** When each token of each stream came, in nanoseconds; when each step's was made. */
  private record Times(List<long[]> streams, long[] steps, long processorNanos, long heapBytes) {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          "expected MODEL STREAMS TOKENS, found " + arguments.length);
    }
    int streams = Integer.parseInt(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    Path folder = Files.createTempDirectory("streams-load");
    try (Backend backend = new SimdBackend(2);
        Assistant assistant = open(Path.of(arguments[0]), streams, tokens, backend);
        GeminiServer server = new GeminiServer(ServerOptions.local(0, folder))) {
      server.serve(new ModelRegistry(List.of(assistant)));
      List<Double> served = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        System.out.println(round < WARM_ROUNDS ? "round " + round + ", warming" : "round " + round);
        Times alone = run(assistant, streams, i -> direct(assistant, i, tokens));
        print("engine alone", alone);
        Times http = run(assistant, streams, i -> overHttp(server.url(), i, tokens));
        print("over HTTP", http);
        List<Socket> silent = silent(server.url(), streams / 10, tokens);
        Times others = run(assistant, streams, i -> overHttp(server.url(), i, tokens));
        print("over HTTP, beside " + silent.size() + " that read nothing", others);
        for (Socket each : silent) {
          each.close();
        }
        if (round >= WARM_ROUNDS) {
          served.add(slowest(http) - slowest(alone));
          beside.add(slowest(others) - slowest(alone));
        }
      }
      summarize("over HTTP", served);
      summarize("beside silent clients", beside);
    }
  }

  /** The pace of the slowest hundredth, in milliseconds per token. */
  private static double slowest(Times times) {
    return at(sorted(times.streams().stream().mapToDouble(StreamsLoad::millisPerToken)), 0.99);
  }

  private static void summarize(String what, List<Double> added) {
    double[] sorted = sorted(added.stream().mapToDouble(Double::doubleValue));
    System.out.printf(
        "%s, ms per token over the engine alone, p99: median of %d rounds %.2f, from %.2f to %.2f%n",
        what, sorted.length, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  private static Assistant open(Path model, int streams, int tokens, Backend backend) {
    int sequences = streams + streams / 10 + 1;
    return Assistant.open(
        new ModelSource(
            model,
            Optional.empty(),
            "tiny",
            engine ->
                engine
                    .withContextLength(Math.min(512, engine.contextLength()))
                    .withCacheTokens(sequences * (tokens + 64) + 512)
                    .withMaxSequences(sequences)
                    .withMaxWaiting(2 * sequences),
            Runtime.getRuntime().maxMemory()),
        backend,
        Progress.NONE);
  }

  /** Reads one stream. */
  @FunctionalInterface
  private interface Reader {
    long[] read(int stream) throws Exception;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a probe that waits for streams would measure itself
  private static Times run(Assistant assistant, int streams, Reader reader)
      throws InterruptedException, ExecutionException {
    var processor =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    AtomicBoolean isDone = new AtomicBoolean();
    long before = processor.getProcessCpuTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ExecutorService probes =
            Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().priority(Thread.MAX_PRIORITY).factory())) {
      Future<long[]> steps = probes.submit(() -> probe(assistant, isDone));
      Thread.sleep(100); // it is in the first step of all
      List<Callable<long[]>> tasks =
          IntStream.range(0, streams)
              .<Callable<long[]>>mapToObj(i -> () -> reader.read(i))
              .toList();
      List<long[]> times = new ArrayList<>();
      for (Future<long[]> each : threads.invokeAll(tasks)) {
        times.add(each.get());
      }
      long after = processor.getProcessCpuTime();
      isDone.set(true);
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      return new Times(times, steps.get(), after - before, heap);
    }
  }

  /** When each step gave its tokens out, as one answer after the other sees it. */
  private static long[] probe(Assistant assistant, AtomicBoolean isDone)
      throws InterruptedException {
    LongStream.Builder steps = LongStream.builder();
    while (!isDone.get()) {
      try (Answer answer = assistant.answer(request(0, 0, LONGEST))) {
        while (answer.hasNext() && !isDone.get()) {
          if (answer.next() instanceof AnswerEvent.Said) {
            steps.add(System.nanoTime());
          }
        }
      }
    }
    return steps.build().toArray();
  }

  private static AnswerRequest request(int stream, float temperature, int tokens) {
    Turn turn = new Turn(Turn.Role.USER, List.of(new Part.Text("Once upon a time")));
    return new AnswerRequest(
        new Prompt.Chat(new Conversation(List.of(), List.of(turn), List.of()), false),
        Sampling.of(temperature).withSeed(stream),
        OptionalInt.of(tokens),
        1,
        List.of());
  }

  private static long[] direct(Assistant assistant, int stream, int tokens)
      throws InterruptedException {
    long[] times = new long[tokens];
    int count = 0;
    try (Answer answer = assistant.answer(request(stream, TEMPERATURE, tokens))) {
      while (answer.hasNext()) {
        if (answer.next() instanceof AnswerEvent.Said) {
          times[count++] = System.nanoTime();
        }
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static long[] overHttp(URI server, int stream, int tokens) throws IOException {
    long[] times = new long[tokens + 1];
    int count = 0;
    try (Socket socket = ask(server, stream, tokens);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      String first = lines.readLine();
      if (first == null || !first.startsWith("HTTP/1.1 200")) {
        throw new IOException("stream " + stream + " was answered " + first);
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ") && line.contains("\"text\"")) {
          times[count++] = System.nanoTime();
        }
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static Socket ask(URI server, int stream, int tokens) throws IOException {
    byte[] body =
        """
        {"contents":[{"parts":[{"text":"Once upon a time"}]}],"generationConfig":{"temperature":%s,"seed":%d,"maxOutputTokens":%d}}
        """
            .formatted(TEMPERATURE, stream, tokens)
            .getBytes(US_ASCII);
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket
        .getOutputStream()
        .write(
            "POST /v1beta/models/gemini-pro:streamGenerateContent?alt=sse HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)
                .getBytes(US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  /** Clients that ask and never read; their receive buffers are as small as they can be. */
  private static List<Socket> silent(URI server, int count, int tokens) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(ask(server, i, tokens));
    }
    return sockets;
  }

  private static void print(String what, Times times) {
    long first = times.streams().stream().mapToLong(each -> each[0]).min().orElseThrow();
    long last =
        times.streams().stream().mapToLong(each -> each[each.length - 1]).max().orElseThrow();
    int tokens = times.streams().stream().mapToInt(each -> each.length).sum();
    double[] perToken = sorted(times.streams().stream().mapToDouble(StreamsLoad::millisPerToken));
    double[] delays =
        sorted(times.streams().stream().flatMapToDouble(each -> delays(each, times.steps())));
    long half = first + (last - first) / 2;
    int[] progress =
        times.streams().stream()
            .mapToInt(each -> (int) Arrays.stream(each).filter(time -> time <= half).count())
            .sorted()
            .toArray();
    System.out.printf(
        "%-40s %6d tokens %6.0f/s  ms per token of a stream p50 %.2f p99 %.2f  made to received, ms: p50 %.2f p99 %.2f most %.2f  tokens at half time %d to %d  processor us per token %.0f  heap %d MB%n",
        what,
        tokens,
        tokens / ((last - first) / 1e9),
        at(perToken, 0.5),
        at(perToken, 0.99),
        at(delays, 0.5),
        at(delays, 0.99),
        at(delays, 1),
        progress[0],
        progress[progress.length - 1],
        times.processorNanos() / 1e3 / tokens,
        times.heapBytes() >> 20);
  }

  private static double millisPerToken(long[] times) {
    return (times[times.length - 1] - times[0]) / 1e6 / Math.max(1, times.length - 1);
  }

  /** How long after its step each token came, in milliseconds. */
  private static DoubleStream delays(long[] times, long[] steps) {
    int firstStep = Integer.MAX_VALUE;
    for (int k = 0; k < times.length; k++) {
      int found = Arrays.binarySearch(steps, times[k]);
      int latest = found >= 0 ? found : -found - 2; // the last step before it
      firstStep = Math.min(firstStep, latest - k);
    }
    int from = Math.max(0, firstStep);
    return IntStream.range(0, times.length)
        .mapToDouble(k -> (times[k] - steps[Math.min(steps.length - 1, from + k)]) / 1e6);
  }

  private static double[] sorted(DoubleStream values) {
    return values.sorted().toArray();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))];
  }
}
