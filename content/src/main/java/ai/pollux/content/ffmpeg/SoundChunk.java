package ai.pollux.content.ffmpeg;

/**
 * A piece of a sound, its channels averaged.
 *
 * @param samples full scale is ±1
 * @param nanos when it begins, from the sound's beginning
 */
public record SoundChunk(float[] samples, long nanos) {}
