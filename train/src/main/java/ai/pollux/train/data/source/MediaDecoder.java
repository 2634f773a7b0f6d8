package ai.pollux.train.data.source;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.content.video.VideoFrame;
import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Files of pictures, sounds and videos as media. May be used by many threads. */
public final class MediaDecoder {
  private static final List<String> PICTURES =
      List.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "avif");
  private static final List<String> SOUNDS = List.of("wav", "flac", "mp3", "ogg", "m4a", "aac");
  private static final List<String> VIDEOS = List.of("mp4", "mkv", "webm", "mov", "avi");

  private final MediaLimits limits;
  private final ImageReader images;
  private final FrameSampling sampling;

  /**
   * A decoder.
   *
   * @param limits what one file may cost
   * @param frames how many frames of a video are kept
   */
  public MediaDecoder(MediaLimits limits, int frames) {
    this.limits = limits;
    images = new ImageReader(limits);
    sampling = new FrameSampling.Count(frames);
  }

  /** With the limits of serving, and Gemma 4's 32 frames of a video. */
  public static MediaDecoder standard() {
    return new MediaDecoder(MediaLimits.standard(), 32);
  }

  /** What kind a file is, by the end of its name. */
  public enum Kind {
    PICTURE,
    SOUND,
    VIDEO,
    OTHER;

    /** Of a name like {@code cat.png}. */
    public static Kind of(String fileName) {
      String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return PICTURES.contains(end)
          ? PICTURE
          : SOUNDS.contains(end) ? SOUND : VIDEOS.contains(end) ? VIDEO : OTHER;
    }
  }

  /**
   * A file.
   *
   * @throws BadRecordException where it cannot be decoded
   */
  public Medium decode(Path file) {
    try {
      return decode(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new BadRecordException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /**
   * Bytes of a file.
   *
   * @param name its name, by whose end its kind is known
   * @throws BadRecordException where it cannot be decoded
   */
  public Medium decode(String name, byte[] bytes) {
    try {
      return switch (Kind.of(name)) {
        case PICTURE -> new Medium.Picture(images.read(bytes));
        case SOUND -> new Medium.Sound(samples(bytes));
        case VIDEO -> film(bytes);
        case OTHER ->
            throw new BadRecordException(
                "%s: expected a picture %s, a sound %s or a video %s."
                    .formatted(name, PICTURES, SOUNDS, VIDEOS));
      };
    } catch (MediaException e) {
      throw new BadRecordException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private float[] samples(byte[] bytes) {
    try (SoundFile sound = SoundFile.open(bytes, limits)) {
      float[] samples = new float[SoundFile.SAMPLE_RATE_HZ];
      int length = 0;
      while (true) {
        float[] second = new float[SoundFile.SAMPLE_RATE_HZ];
        int read = sound.read(second);
        if (length + read > samples.length) {
          samples = Arrays.copyOf(samples, 2 * (length + read));
        }
        System.arraycopy(second, 0, samples, length, read);
        length += read;
        if (read < second.length) {
          return Arrays.copyOf(samples, length);
        }
      }
    }
  }

  private Medium.Film film(byte[] bytes) {
    try (VideoFile video = VideoFile.open(bytes, sampling, limits)) {
      List<RgbImage> frames = new ArrayList<>();
      while (video.hasNext()) {
        VideoFrame frame = video.next();
        frames.add(new RgbImage(frame.width(), frame.height(), frame.rgb()));
      }
      return new Medium.Film(frames, frames.size() * 1e9 / video.duration().toNanos());
    }
  }
}
