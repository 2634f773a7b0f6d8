package ai.pollux.content.ffmpeg;

/**
 * A picture, upright.
 *
 * @param rgb three bytes for each pixel, row by row: length {@code 3 · width · height}
 * @param nanos when it is shown, from the video's beginning; 0 for a still picture
 */
public record RgbFrame(int width, int height, byte[] rgb, long nanos) {}
