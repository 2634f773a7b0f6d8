package ai.pollux.train.data.batch;

import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.train.data.BadRecords;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.encode.ByteTokenizer;
import ai.pollux.train.data.encode.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process that takes steps and keeps its state after each, until it is killed. */
final class KilledRun {
  private KilledRun() {}

  static Loader loader(java.util.Optional<LoaderState> state) {
    List<Source> sources =
        List.of(new TestSource("a", 300, 5, 900, 0), new TestSource("b", 70, 50, 90, 0));
    Mixture mixture = Mixture.of(Map.of("a", 0.5, "b", 0.5), 23);
    Encoder encoder = new Encoder(new ByteTokenizer(), new Gemma4Template(), FrontEnds.none(), 256);
    LoaderOptions options = LoaderOptions.of(512).withWorkers(2);
    BadRecords bad = new BadRecords(0);
    return state.isPresent()
        ? Loader.resume(mixture, sources, encoder, options, bad, state.get())
        : new Loader(mixture, sources, encoder, options, bad);
  }

  /** A step in one number. */
  static int key(LoadedBatch step) {
    return Arrays.hashCode(step.batch().ids()) * 31 + Arrays.hashCode(step.batch().targets());
  }

  /** Keeps the state in a file, replaced as a whole. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Path fresh = file.resolveSibling("fresh");
    try (Loader loader = loader(java.util.Optional.empty());
        Prefetch<LoadedBatch> ahead = new Prefetch<>(loader, 4)) {
      while (true) {
        LoadedBatch step = ahead.next();
        Files.writeString(fresh, step.next().json().toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
