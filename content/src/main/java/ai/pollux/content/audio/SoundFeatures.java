package ai.pollux.content.audio;

/**
 * A clip of sound as an encoder reads it.
 *
 * @param values {@code [frames, width]}, only frames that hold sound
 * @param width values of a frame
 * @param frames how many
 * @param tokens placeholders that the clip takes in a prompt
 */
public record SoundFeatures(float[] values, int width, int frames, int tokens) {}
