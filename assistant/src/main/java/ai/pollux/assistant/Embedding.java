package ai.pollux.assistant;

import java.util.Arrays;

/**
 * A text, or what it shows, as a vector.
 *
 * @param vector of unit length, as long as the model's hidden states are
 * @param tokens what it took
 */
public record Embedding(float[] vector, PromptTokens tokens) {
  /** The first {@code size} values, again of unit length. */
  public float[] vector(int size) {
    return unit(Arrays.copyOf(vector, size));
  }

  /** A vector of length 1 that points the same way; zeros stay zeros. */
  static float[] unit(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] * scale);
    }
    return unit;
  }
}
