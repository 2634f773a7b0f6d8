package ai.pollux.content.ffmpeg;

import java.util.Arrays;

/**
 * When a video's frames are shown, found by reading its packets without decoding them.
 *
 * @param nanos of each frame, from the video's beginning, ascending
 * @param keyNanos of those frames that can be decoded without another, ascending
 */
public record FrameTimes(long[] nanos, long[] keyNanos) {
  /** The last frame that needs no other, at or before a time; 0 where there is none. */
  long keyBefore(long time) {
    int place = Arrays.binarySearch(keyNanos, time);
    int before = place >= 0 ? place : -place - 2;
    return before < 0 ? 0 : keyNanos[before];
  }
}
