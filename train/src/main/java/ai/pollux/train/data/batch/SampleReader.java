package ai.pollux.train.data.batch;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Source;
import ai.pollux.train.data.encode.Encoder;
import ai.pollux.train.data.encode.Sequence;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that read and encode samples. Owned by the loader. */
final class SampleReader implements AutoCloseable {
  private final List<Source> sources;
  private final Mixture mixture;
  private final Encoder encoder;
  private final int rows;
  private final ExecutorService threads;

  /**
   * A sample that was read.
   *
   * @param index its number in the source
   * @param objection what is wrong with it; empty where nothing is
   */
  record Reading(long index, List<Sequence> sequences, String objection) {
    long tokens() {
      return sequences.stream().mapToLong(Sequence::length).sum();
    }
  }

  SampleReader(List<Source> sources, Mixture mixture, Encoder encoder, LoaderOptions options) {
    this.sources = sources;
    this.mixture = mixture;
    this.encoder = encoder;
    rows = options.rows();
    threads =
        Executors.newFixedThreadPool(
            options.workers(), Thread.ofPlatform().daemon().name("samples-", 0).factory());
  }

  Future<Reading> read(Picker.Pick pick) {
    return threads.submit(() -> reading(pick));
  }

  private Reading reading(Picker.Pick pick) {
    Source source = sources.get(pick.source());
    long epoch = pick.number() / source.size();
    long index = mixture.order(source, epoch).at(pick.number() % source.size());
    try {
      List<Sequence> sequences = encoder.encode(source.sample(index));
      for (Sequence each : sequences) {
        if (each.length() > rows) {
          throw new BadRecordException(
              "A sequence of %d tokens does not fit a step of %d.".formatted(each.length(), rows));
        }
      }
      return new Reading(index, sequences, "");
    } catch (BadRecordException e) {
      return new Reading(index, List.of(), e.what());
    }
  }

  /** What a thread read; rethrows what it threw. */
  static Reading wait(Future<Reading> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a sample was read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataException data) {
        throw data;
      }
      throw new IllegalStateException("a sample could not be read: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
