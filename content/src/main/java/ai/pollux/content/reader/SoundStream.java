package ai.pollux.content.reader;

import ai.pollux.content.audio.SampleSource;

/**
 * The sound of a file, read in another process. Owned by the one who opened it; used by one thread
 * at a time.
 */
public final class SoundStream implements SampleSource, AutoCloseable {
  private static final int MOST_AT_ONCE = 1 << 18;

  private final OpenFile file;

  SoundStream(OpenFile file) {
    this.file = file;
  }

  @Override
  public int read(float[] samples) {
    int filled = 0;
    while (filled < samples.length) {
      int from = filled;
      int wanted = Math.min(MOST_AT_ONCE, samples.length - filled);
      int count = file.next(wanted, in -> Reply.samples(in, samples, from, wanted));
      filled += count;
      if (count < wanted) {
        break;
      }
    }
    return filled;
  }

  @Override
  public void close() {
    file.close();
  }
}
