package ai.pollux.library;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.Embedding;
import ai.pollux.assistant.ModelSource;
import ai.pollux.content.Part;
import ai.pollux.engine.EngineOptions;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.reference.ReferenceBackend;
import ai.pollux.tensor.simd.SimdBackend;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A loaded model. Owns its memory, its threads and the processes that read media, until it is
 * closed. May be used by many threads, whose questions are answered together.
 *
 * {@snippet :
 * try (Pollux pollux = Pollux.open()) {
 *   System.out.println(pollux.ask("What is 2 + 3?").generate().text());
 * }
 * }
 */
public final class Pollux implements AutoCloseable {
  private final Deque<AutoCloseable> owned;
  private final Assistant assistant;

  private Pollux(Assistant assistant, Deque<AutoCloseable> owned) {
    this.assistant = assistant;
    this.owned = owned;
  }

  /** Loads the model that comes with Pollux. */
  public static Pollux open() {
    return open(PolluxOptions.BUNDLED);
  }

  /** Loads a model: a path, a name that was pulled, or {@code pollux-nano}. */
  public static Pollux open(String model) {
    return open(PolluxOptions.of(model));
  }

  /**
   * Loads a model.
   *
   * @throws PolluxException if it is not there, or the JVM lacks a flag
   * @throws RuntimeException of the part that refuses it: its files, or the memory it would take
   */
  public static Pollux open(PolluxOptions options) {
    Deque<AutoCloseable> owned = new ArrayDeque<>();
    try {
      if (!options.isReference()) {
        JvmFlags.requireVectors(JvmFlags.haveVectors());
      }
      Path path = path(options.model(), owned);
      Backend backend =
          options.isReference() ? new ReferenceBackend() : new SimdBackend(options.threads());
      owned.push(backend);
      Assistant assistant = Assistant.open(source(options, path), backend, Progress.NONE);
      owned.push(assistant);
      return new Pollux(assistant, owned);
    } catch (RuntimeException | LinkageError e) {
      closeAll(owned);
      throw e;
    }
  }

  private static Path path(String model, Deque<AutoCloseable> owned) {
    if (!model.equals(BundledModel.NAME)) {
      return NamedModel.path(model);
    }
    BundledModel copy = BundledModel.copy();
    owned.push(copy);
    return copy.folder();
  }

  private static ModelSource source(PolluxOptions options, Path path) {
    boolean isBundled = options.model().equals(BundledModel.NAME);
    return new ModelSource(
            path,
            Optional.empty(),
            isBundled ? BundledModel.NAME : ModelSource.nameOf(path),
            engine -> over(engine, options),
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize())
        .withSampling(sampling ->
            options.seed().isPresent() ? sampling.withSeed(options.seed().getAsLong()) : sampling);
  }

  private static EngineOptions over(EngineOptions engine, PolluxOptions options) {
    return options.context().isPresent()
        ? engine
            .withContextLength(options.context().getAsInt())
            .withCacheTokens(2 * options.context().getAsInt())
        : engine;
  }

  /** A question in words; the rest is said on what this returns. */
  public Question ask(String text) {
    return Question.of(assistant, text);
  }

  /**
   * A text as a vector of unit length, the mean of the model's last hidden states. Text that is
   * longer than the context is cut.
   *
   * @throws PolluxException if the thread is interrupted
   */
  public float[] embed(String text) {
    return embed(List.of(text)).getFirst();
  }

  /** The same for some texts, which are computed together. */
  public List<float[]> embed(List<String> texts) {
    List<List<Part>> contents =
        texts.stream().map(text -> List.<Part>of(new Part.Text(text))).toList();
    try {
      return assistant.embed(contents, true).stream().map(Embedding::vector).toList();
    } catch (InterruptedException e) {
      throw PolluxException.interrupted(e);
    }
  }

  /** What the model is called. */
  public String name() {
    return assistant.name();
  }

  /** What this is built on, for all that is not said here. Closed by this. */
  public Assistant assistant() {
    return assistant;
  }

  /** Ends answers that are not finished and frees everything. */
  @Override
  public void close() {
    closeAll(owned);
  }

  /** Last opened, first closed. */
  private static void closeAll(Deque<AutoCloseable> owned) {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new PolluxException("cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}
