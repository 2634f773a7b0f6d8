package ai.pollux.content.video;

/**
 * A frame of a video, upright.
 *
 * @param rgb three bytes for each pixel, row by row: length {@code 3 · width · height}
 * @param nanos when it is shown, from the video's beginning
 */
public record VideoFrame(int width, int height, byte[] rgb, long nanos) {
  /** The time as the model reads it: {@code mm:ss}, minutes going on past an hour. */
  public String timestamp() {
    long seconds = Math.max(0, nanos) / 1_000_000_000;
    return "%02d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
