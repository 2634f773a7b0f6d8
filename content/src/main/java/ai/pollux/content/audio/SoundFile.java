package ai.pollux.content.audio;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.ffmpeg.AudioReader;
import ai.pollux.content.ffmpeg.SoundChunk;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sound of a file as samples: mono, 16 kHz, full scale ±1, read a piece at a time. Channels are
 * averaged, then the rate is changed; a sound of 16 kHz comes out as it was stored. Memory does not
 * grow with the sound's length.
 *
 * <p>Owned by the one who opened it; used by one thread at a time.
 */
public final class SoundFile implements SampleSource, AutoCloseable {
  /** Samples a second of what is read. */
  public static final int SAMPLE_RATE_HZ = 16_000;

  /** Any range: the sound from beginning to end. */
  static final Duration END = Duration.ofDays(365);

  private static final int LOWEST_RATE = 1_000;
  private static final int HIGHEST_RATE = 768_000;

  private final AudioReader reader;
  private final MediaLimits limits;
  private final Resampler resampler;
  private final long
      toSkip; // samples of the file before the range, where it is read from its start
  private final long most; // samples of the file in the range
  private long taken;
  private float[] ready = new float[0];
  private int readyFrom;
  private boolean isFinished;

  private SoundFile(AudioReader reader, Duration from, Duration to, MediaLimits limits) {
    this.reader = reader;
    this.limits = limits;
    int rate = reader.sampleRateHz();
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
      throw new MediaException(
          "the sound has "
              + rate
              + " samples a second, which is not between "
              + LOWEST_RATE
              + " and "
              + HIGHEST_RATE
              + ". Convert it to "
              + SAMPLE_RATE_HZ);
    }
    reader.duration().ifPresent(duration -> check(shorter(duration, to).minus(from)));
    resampler = new Resampler(rate, SAMPLE_RATE_HZ);
    toSkip = samples(from, rate);
    most = samples(to, rate) - toSkip;
    if (!from.isZero()) {
      reader.seek(from.minus(PREROLL).toNanos());
    }
  }

  /** Decoders are right some time after a place they were sent to. */
  private static final Duration PREROLL = Duration.ofMillis(200);

  /** The whole sound of a file. */
  public static SoundFile open(byte[] bytes, MediaLimits limits) {
    return open(bytes, Duration.ZERO, END, limits);
  }

  /** The sound between two times of a file. */
  public static SoundFile open(byte[] bytes, Duration from, Duration to, MediaLimits limits) {
    return openIfAny(MemorySegment.ofArray(bytes), from, to, limits)
        .orElseThrow(() -> new MediaException("the file has no sound"));
  }

  /**
   * The sound of a file between two times, or empty where it has none, as a silent video.
   *
   * @param bytes of the file; stay where they are until this is closed
   */
  public static Optional<SoundFile> openIfAny(
      MemorySegment bytes, Duration from, Duration to, MediaLimits limits) {
    return AudioReader.openIfAny(bytes, limits).map(reader -> of(reader, from, to, limits));
  }

  private static SoundFile of(AudioReader reader, Duration from, Duration to, MediaLimits limits) {
    try {
      return new SoundFile(reader, from, to, limits);
    } catch (MediaException e) {
      reader.close();
      throw e;
    }
  }

  /** How many samples a file has at 16 kHz, found by decoding all of it. */
  public static long length(byte[] bytes, MediaLimits limits) {
    try (SoundFile sound = open(bytes, limits)) {
      float[] some = new float[SAMPLE_RATE_HZ];
      long length = 0;
      for (int read = sound.read(some); read > 0; read = sound.read(some)) {
        length += read;
      }
      return length;
    }
  }

  @Override
  public int read(float[] samples) {
    int filled = 0;
    while (filled < samples.length && advance()) {
      int count = Math.min(samples.length - filled, ready.length - readyFrom);
      System.arraycopy(ready, readyFrom, samples, filled, count);
      readyFrom += count;
      filled += count;
    }
    return filled;
  }

  /** Makes sure that a sample is ready; false at the end. */
  private boolean advance() {
    while (readyFrom == ready.length) {
      if (isFinished) {
        return false;
      }
      readyFrom = 0;
      Optional<SoundChunk> chunk = taken < most ? reader.next() : Optional.empty();
      isFinished = chunk.isEmpty();
      ready = isFinished ? resampler.finish() : resampler.add(within(chunk.get()));
    }
    return true;
  }

  /** What of a piece is in the range. */
  private float[] within(SoundChunk chunk) {
    int rate = reader.sampleRateHz();
    int length = chunk.samples().length;
    // Times of pieces are rounded; only the first one in the range is placed by its time.
    long start = Math.round(chunk.nanos() * (double) rate / 1e9);
    int from = taken > 0 || toSkip == 0 ? 0 : Math.clamp(toSkip - start, 0, length);
    int to = (int) Math.min(length, from + most - taken);
    taken += to - from;
    check(Duration.ofNanos((long) (taken * 1e9 / rate)));
    return from == 0 && to == length
        ? chunk.samples()
        : Arrays.copyOfRange(chunk.samples(), from, to);
  }

  private void check(Duration duration) {
    if (duration.compareTo(limits.duration()) > 0) {
      throw new MediaException(
          "the sound is longer than "
              + limits.duration().toSeconds()
              + " s, which is the limit: at least "
              + duration.toSeconds()
              + " s. Send a part of it");
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static long samples(Duration time, int rate) {
    return Math.round(time.toNanos() * (double) rate / 1e9);
  }

  @Override
  public void close() {
    reader.close();
  }
}
