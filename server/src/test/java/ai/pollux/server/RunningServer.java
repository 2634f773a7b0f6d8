package ai.pollux.server;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.ModelSource;
import ai.pollux.engine.EngineOptions;
import ai.pollux.model.loading.Progress;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.Interceptor;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.telemetry.TelemetryOptions;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.simd.SimdBackend;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real server with a real model on a free port, for a test class. */
public final class RunningServer implements AutoCloseable {
  private final Backend backend = new SimdBackend(2);
  private final Assistant assistant;
  private final GeminiServer server;

  private RunningServer(Path model, ServerOptions options, UnaryOperator<EngineOptions> engine) {
    this(model, options, engine, TelemetryOptions.QUIET);
  }

  private RunningServer(
      Path model,
      ServerOptions options,
      UnaryOperator<EngineOptions> engine,
      TelemetryOptions told) {
    ModelSource source =
        new ModelSource(
            model,
            Optional.empty(),
            ModelSource.nameOf(model),
            engine,
            Runtime.getRuntime().maxMemory());
    assistant = Assistant.open(source, backend, Progress.NONE);
    server = new GeminiServer(options, Interceptor.NONE, told);
    server.serve(new ModelRegistry(List.of(assistant)));
  }

  /** stories260K, which continues what the user says as a story. */
  public static RunningServer stories() {
    return stories(ServerOptions.local(0, folder()));
  }

  public static RunningServer stories(ServerOptions options) {
    return new RunningServer(stories260k(), options, RunningServer::ofContext512);
  }

  public static RunningServer stories(ServerOptions options, TelemetryOptions told) {
    return new RunningServer(stories260k(), options, RunningServer::ofContext512, told);
  }

  /** stories260K, for one sequence at a time while two requests wait. */
  public static RunningServer storiesOneAtATime() {
    return new RunningServer(
        stories260k(),
        ServerOptions.local(0, folder()),
        engine -> ofContext512(engine).withMaxSequences(1).withMaxWaiting(2));
  }

  /** stories260K for this many sequences at a time, each of at most 128 tokens. */
  public static RunningServer storiesForMany(int sequences) {
    return new RunningServer(
        stories260k(),
        ServerOptions.local(0, folder()),
        engine ->
            engine
                .withContextLength(128)
                .withCacheTokens(128 * sequences)
                .withMaxSequences(sequences)
                .withMaxWaiting(sequences));
  }

  /** A tiny random Gemma 4 with its chat template. */
  public static RunningServer gemma() {
    return gemma(ServerOptions.local(0, folder()));
  }

  public static RunningServer gemma(ServerOptions options) {
    return new RunningServer(
        TestFiles.golden("gemma4/e2b-like/hf"), options, RunningServer::ofContext512);
  }

  /** A tiny random Gemma 4 that reads images, videos and sounds. */
  public static RunningServer seeing() {
    return new RunningServer(
        TestFiles.golden("gemma4/mixed/hf"),
        ServerOptions.local(0, folder()),
        RunningServer::ofContext512);
  }

  /**
   * The bundled model, which calls functions, sees and hears, under its own name. Its settings say
   * a window of 65,536 tokens in place of 2,048, so that it takes what agents send; what it says
   * far behind where it was trained is no sense, and nothing here depends on sense.
   */
  public static RunningServer nano() {
    Path nano = Path.of(System.getProperty("pollux.root", "..")).resolve("models/pollux-nano");
    try {
      Path wide = Files.createDirectories(folder().resolve("pollux-nano"));
      try (Stream<Path> files = Files.list(nano)) {
        for (Path file : files.toList()) {
          Files.copy(file, wide.resolve(file.getFileName()));
        }
      }
      Path config = wide.resolve("config.json");
      Files.writeString(
          config,
          Files.readString(config)
              .replace(
                  "\"max_position_embeddings\" : 2048", "\"max_position_embeddings\" : 65536"));
      return new RunningServer(
          wide, ServerOptions.local(0, folder()), engine -> engine.withContextLength(65_536));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty folder of its own for what is uploaded. */
  public static Path folder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path stories260k() {
    return TestFiles.data("weights/stories260K/stories260K.bin");
  }

  private static EngineOptions ofContext512(EngineOptions engine) {
    return engine.withContextLength(512).withCacheTokens(64 * 512);
  }

  public Assistant assistant() {
    return assistant;
  }

  public GeminiServer server() {
    return server;
  }

  public String url() {
    return server.url().toString();
  }

  /** The address for HTTPS, where the options asked for one. */
  public String tlsUrl() {
    return server.tlsUrl().orElseThrow().toString();
  }

  @Override
  public void close() {
    server.close();
    assistant.close();
    backend.close();
  }
}
