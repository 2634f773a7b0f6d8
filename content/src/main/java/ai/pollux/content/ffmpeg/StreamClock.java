package ai.pollux.content.ffmpeg;

import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A stream's units of time. Its first frame is at 0, whatever number the file gives it.
 *
 * @param start the first frame's time, in units
 * @param nanosPerUnit length of a unit
 */
record StreamClock(long start, double nanosPerUnit) {
  static StreamClock of(AVStream stream) {
    long start = stream.start_time();
    return new StreamClock(
        start == avutil.AV_NOPTS_VALUE ? 0 : start,
        1e9 * stream.time_base().num() / Math.max(1, stream.time_base().den()));
  }

  /** A time of the stream from its beginning; 0 where the file does not say. */
  long nanos(long time) {
    return time == avutil.AV_NOPTS_VALUE ? 0 : Math.round((time - (double) start) * nanosPerUnit);
  }

  /** The stream's time nearest to {@code nanos} from the beginning. */
  long time(long nanos) {
    return start + Math.round(nanos / nanosPerUnit);
  }
}
