package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The sound of a file (of a video too) as it was recorded, a piece at a time: channels averaged,
 * sampling rate untouched. Owned by the one who opened it; used by one thread at a time.
 */
public final class AudioReader implements AutoCloseable {
  private final Demuxer demuxer;
  private final Decoder decoder;
  private final StreamClock clock;
  private final int sampleRateHz;
  private Optional<SoundChunk> first;
  private byte[] raw = new byte[0];

  private AudioReader(Demuxer demuxer, int index) {
    this.demuxer = demuxer;
    clock = StreamClock.of(demuxer.stream(index));
    decoder = new Decoder(demuxer, index);
    Optional<AVFrame> frame = decoder.next();
    if (frame.isEmpty()) {
      decoder.close();
      throw new MediaException(
          "no sample of the sound can be decoded: the file is damaged or cut off");
    }
    sampleRateHz = frame.get().sample_rate();
    first = Optional.of(chunk(frame.get()));
  }

  /**
   * Reads a file up to its first samples; empty where a file, such as a silent video, has no sound.
   *
   * @param bytes stay where they are until this is closed
   */
  public static Optional<AudioReader> openIfAny(MemorySegment bytes, MediaLimits limits) {
    Demuxer demuxer = Demuxer.open(bytes, limits);
    try {
      OptionalInt index = demuxer.best(avutil.AVMEDIA_TYPE_AUDIO);
      if (index.isPresent()) {
        return Optional.of(new AudioReader(demuxer, index.getAsInt()));
      }
    } catch (MediaException e) {
      demuxer.close();
      throw e;
    }
    demuxer.close();
    return Optional.empty();
  }

  /** Samples a second. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** How long the file says that it plays; what it holds may be less. */
  public Optional<Duration> duration() {
    return demuxer.duration();
  }

  /** The next piece; empty at the end. */
  public Optional<SoundChunk> next() {
    if (first.isPresent()) {
      Optional<SoundChunk> chunk = first;
      first = Optional.empty();
      return chunk;
    }
    return decoder.next().map(this::chunk);
  }

  /**
   * Goes to {@code nanos} or to some time before, where the container has exact times to go by;
   * what follows says where it begins. Other containers are read from where they are.
   */
  public void seek(long nanos) {
    if (demuxer.hasExactTimes() && decoder.seek(clock.time(nanos))) {
      first = Optional.empty();
    }
  }

  private SoundChunk chunk(AVFrame frame) {
    if (frame.sample_rate() != sampleRateHz) {
      throw new MediaException(
          "the sound changes from "
              + sampleRateHz
              + " to "
              + frame.sample_rate()
              + " Hz on its way. Convert it to one sampling rate");
    }
    return new SoundChunk(mono(frame), clock.nanos(frame.best_effort_timestamp()));
  }

  private float[] mono(AVFrame frame) {
    SampleFormat format =
        SampleFormat.of(frame.format())
            .orElseThrow(() -> new MediaException("samples of 64-bit integers are not read"));
    int channels = Math.max(1, frame.ch_layout().nb_channels());
    int count = frame.nb_samples();
    float[] sum = new float[count];
    if (avutil.av_sample_fmt_is_planar(frame.format()) == 1) {
      for (int c = 0; c < channels; c++) {
        load(frame, c, count * format.bytes());
        add(format, 0, format.bytes(), sum);
      }
    } else {
      load(frame, 0, Math.multiplyExact(count * channels, format.bytes()));
      for (int c = 0; c < channels; c++) {
        add(format, c * format.bytes(), channels * format.bytes(), sum);
      }
    }
    for (int i = 0; i < count; i++) {
      sum[i] /= channels;
    }
    return sum;
  }

  private void load(AVFrame frame, int plane, int bytes) {
    if (raw.length < bytes) {
      raw = new byte[bytes];
    }
    frame.extended_data(plane).get(raw, 0, bytes);
  }

  private void add(SampleFormat format, int from, int step, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += format.at(raw, from + i * step);
    }
  }

  @Override
  public void close() {
    decoder.close();
    demuxer.close();
  }
}
