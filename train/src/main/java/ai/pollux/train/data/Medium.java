package ai.pollux.train.data;

import ai.pollux.content.image.RgbImage;
import java.util.List;

/**
 * What a sample shows beside text, decoded: pixels and samples, before a family's processor. Arrays
 * are shared, not copied: nobody may change them.
 */
public sealed interface Medium {
  /** A still image. */
  record Picture(RgbImage image) implements Medium {}

  /**
   * A sound.
   *
   * @param samples at 16 kHz, one channel, -1 to 1
   */
  record Sound(float[] samples) implements Medium {}

  /**
   * A video without sound.
   *
   * @param frames of one size, evenly spaced, the first at 0 s
   */
  record Film(List<RgbImage> frames, double framesPerSecond) implements Medium {
    /** Copies the list. */
    public Film {
      frames = List.copyOf(frames);
    }
  }
}
