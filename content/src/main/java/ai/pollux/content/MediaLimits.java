package ai.pollux.content;

import java.time.Duration;

/**
 * What one file may cost. A file that would cost more is refused with a {@link MediaException}.
 *
 * @param pixels pixels of one picture or video frame
 * @param duration how long a sound or a video may play
 * @param pages pages of a document
 * @param characters characters of text taken from a document
 * @param time how long reading it may take, from opening the file to the last byte asked for
 */
public record MediaLimits(
    long pixels, Duration duration, int pages, long characters, Duration time) {
  /**
   * 100 megapixels, 9.5 hours and 1000 pages (the figures of the Gemini API), 10 million
   * characters, a minute of reading.
   */
  public static MediaLimits standard() {
    return new MediaLimits(
        100_000_000, Duration.ofMinutes(570), 1000, 10_000_000, Duration.ofMinutes(1));
  }

  /** These limits with another time. */
  public MediaLimits time(Duration other) {
    return new MediaLimits(pixels, duration, pages, characters, other);
  }

  /** These limits with another length of sound and video. */
  public MediaLimits duration(Duration other) {
    return new MediaLimits(pixels, other, pages, characters, time);
  }

  /** These limits with another size of pictures. */
  public MediaLimits pixels(long other) {
    return new MediaLimits(other, duration, pages, characters, time);
  }

  /** These limits with another number of pages. */
  public MediaLimits pages(int other) {
    return new MediaLimits(pixels, duration, other, characters, time);
  }
}
