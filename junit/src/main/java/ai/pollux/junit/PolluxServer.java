package ai.pollux.junit;

import ai.pollux.library.Pollux;
import ai.pollux.library.PolluxOptions;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.Interceptor;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Gemini API on a free port of this machine, with a real model behind it. What a test scripts
 * comes first, in the order it was scripted; everything else the model answers. Owns the model and
 * a folder for uploaded files, until it is closed.
 */
public final class PolluxServer implements AutoCloseable {
  private final Pollux pollux;
  private final Path folder;
  private final GeminiServer server;
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private PolluxServer(Pollux pollux, Path folder) {
    this.pollux = pollux;
    this.folder = folder;
    server = new GeminiServer(ServerOptions.local(0, folder), this::judge);
    server.serve(new ModelRegistry(List.of(pollux.assistant())));
  }

  /** With the model that comes with Pollux, and the same draws each time. */
  public static PolluxServer start() {
    return start(PolluxOptions.BUNDLED.withSeed(PolluxExtension.SEED));
  }

  /** With any model. */
  public static PolluxServer start(PolluxOptions options) {
    try {
      Path folder = Files.createTempDirectory("pollux-files");
      Pollux pollux = Pollux.open(options);
      try {
        return new PolluxServer(pollux, folder);
      } catch (RuntimeException e) {
        pollux.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What SDKs take as their base URL. */
  public URI url() {
    return server.url();
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return url().getPort();
  }

  /** The loaded model's name. Every name that starts with {@code gemini-} means it too. */
  public String model() {
    return pollux.name();
  }

  /**
   * What Google's SDKs read: for a process that a test starts ({@code
   * processBuilder.environment().putAll(...)}). No Java program can set its own environment.
   */
  public Map<String, String> environment() {
    return Map.of(
        "GOOGLE_GEMINI_BASE_URL",
        url().toString(),
        "GEMINI_API_KEY",
        "any",
        "GOOGLE_API_KEY",
        "any");
  }

  /** The next requests that generate get these texts, one each. */
  public void answers(String... texts) {
    for (String text : texts) {
      next(1).answers(text);
    }
  }

  /** What happens to all requests that generate. */
  public Script always() {
    return when(RecordedRequest::generates);
  }

  /** What happens to the next requests that generate, so many of them. */
  public Script next(int times) {
    return always().times(times);
  }

  /** What happens to requests that generate and whose last turn has this text. */
  public Script when(String part) {
    return when(request -> request.generates() && request.prompt().contains(part));
  }

  /** What happens to requests of any kind, such as countTokens or files. */
  public Script when(Predicate<RecordedRequest> isMeant) {
    return Script.of(isMeant, pollux.assistant().tokenizer(), rules::add);
  }

  /** What came since the test began, in order. */
  public List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }

  /** What came last. */
  public RecordedRequest lastRequest() {
    if (requests.isEmpty()) {
      throw new IllegalStateException(
          "no request came since the test began; does the client use %s?".formatted(url()));
    }
    return requests.getLast();
  }

  /** Forgets what was scripted and recorded. */
  public void reset() {
    rules.clear();
    requests.clear();
  }

  private Interceptor.Verdict judge(Interceptor.Call call) throws InterruptedException {
    RecordedRequest request = RecordedRequest.of(call);
    requests.add(request);
    for (Rule rule : rules) {
      if (rule.takes(request)) {
        return rule.apply(request);
      }
    }
    return Interceptor.Verdict.PASS;
  }

  @Override
  public void close() {
    server.close();
    pollux.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
