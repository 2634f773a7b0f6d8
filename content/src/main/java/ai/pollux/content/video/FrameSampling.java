package ai.pollux.content.video;

import java.util.Arrays;

/** Which frames of a video a model sees. */
public sealed interface FrameSampling {
  /** Times are rounded to nanoseconds: what is nearly a whole number of frames is one. */
  double ROUNDING = 1e-6;

  /**
   * So many frames, evenly spread: frame {@code int(i · frames / count)} for each i, as in the
   * reference library. All frames where there are not as many.
   */
  record Count(int count) implements FrameSampling {
    public Count {
      if (count < 1) {
        throw new IllegalArgumentException(
            "a video is sampled at " + count + " frames: at least 1");
      }
    }
  }

  /**
   * So many frames a second: {@code int(seconds · perSecond)} of them, evenly spread, at least one.
   *
   * @param perSecond frames a second
   * @param most frames in all; a longer video is sampled more thinly
   */
  record Rate(double perSecond, int most) implements FrameSampling {
    public Rate {
      if (!(perSecond > 0) || most < 1) {
        throw new IllegalArgumentException(
            "a video is sampled at "
                + perSecond
                + " frames a second, at most "
                + most
                + ": both must be positive");
      }
    }
  }

  /** 32 frames: Gemma 4's default. */
  static FrameSampling gemma4() {
    return new Count(32);
  }

  /**
   * Places of the frames in a list of times. Of a video whose frames are not equally long, "evenly
   * spread" is meant in time.
   *
   * @param nanos when each frame of the video is shown, ascending
   * @param endNanos when the last one ends
   */
  default int[] sample(long[] nanos, long endNanos) {
    if (nanos.length == 0) {
      return new int[0];
    }
    double seconds = (endNanos - nanos[0]) / 1e9;
    long wanted =
        switch (this) {
          case Count(int count) -> count;
          case Rate(double perSecond, int most) ->
              Math.clamp((long) (seconds * perSecond + ROUNDING), 1, most);
        };
    int count = (int) Math.min(wanted, nanos.length);
    boolean isSteady = isSteady(nanos, endNanos);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] =
          isSteady
              ? (int) ((long) i * nanos.length / count)
              : shownAt(nanos, nanos[0] + (long) (i * (seconds * 1e9 / count)));
    }
    return Arrays.stream(places).distinct().toArray();
  }

  /** Whether each frame is shown about when it would be if all were shown equally long. */
  private static boolean isSteady(long[] nanos, long endNanos) {
    double each = (endNanos - nanos[0]) / (double) nanos.length;
    for (int i = 0; i < nanos.length; i++) {
      if (Math.abs(nanos[i] - nanos[0] - i * each) > each) {
        return false;
      }
    }
    return true;
  }

  /** The last frame that is shown at a time. */
  private static int shownAt(long[] nanos, long time) {
    int place = Arrays.binarySearch(nanos, time);
    return place >= 0 ? place : Math.max(0, -place - 2);
  }
}
