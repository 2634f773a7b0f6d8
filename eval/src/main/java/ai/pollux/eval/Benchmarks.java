package ai.pollux.eval;

import ai.pollux.train.data.world.standard.SourceFiles;
import ai.pollux.train.data.world.standard.StandardWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The benchmarks there are, by the names of the command line. */
public enum Benchmarks {
  /** Tasks with exact answers that nobody trained on. */
  world {
    @Override
    public Benchmark open(Path data) {
      try {
        return new WorldBenchmark(StandardWorld.of(WORLD_SEED, SourceFiles.read(data)), PER_TASK);
      } catch (IOException e) {
        throw new UncheckedIOException(data + ": cannot be read", e);
      }
    }
  },
  /** Handwritten digits, the ten thousand of the test set. */
  mnist {
    @Override
    public Benchmark open(Path data) {
      return new MnistBenchmark(data.resolve("images/mnist"));
    }
  },
  /** Spoken digits, the official test split. */
  fsdd {
    @Override
    public Benchmark open(Path data) {
      return new FsddBenchmark(data.resolve("audio/fsdd"));
    }
  },
  /** Sentences of people about drawn shapes. */
  nlvr {
    @Override
    public Benchmark open(Path data) {
      return new NlvrBenchmark(data.resolve("images/nlvr"));
    }
  };

  private static final long WORLD_SEED = 1;
  private static final int PER_TASK = 100;

  /**
   * The benchmark's questions.
   *
   * @param data a folder in the layout of the shared data
   */
  public abstract Benchmark open(Path data);
}
