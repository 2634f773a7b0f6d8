package ai.pollux.content.processor;

import java.util.List;

/**
 * How a byte becomes a float: {@code byte · rescale}, or normalised, {@code (byte - mean / rescale)
 * / (std / rescale)}. All in 32 bits, in this order, as the reference does.
 *
 * @param rescale usually 1/255
 * @param normalizes whether mean and deviation are used
 * @param mean of red, green and blue, in 0..1
 * @param std the deviation of each
 */
public record Scaling(double rescale, boolean normalizes, List<Double> mean, List<Double> std) {
  /** Copies the lists, and refuses what cannot scale. */
  public Scaling {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3 || std.contains(0.0)) {
      throw new ProcessorException(
          "Expected mean and deviation of 3 colours, no deviation of 0; found %s and %s. Check image_mean and image_std."
              .formatted(mean, std));
    }
    if (!(rescale > 0 && rescale <= 1)) {
      throw new ProcessorException(
          "Expected rescale_factor above 0 and up to 1, found %s.".formatted(rescale));
    }
  }

  /** {@code byte · (1/255)}. */
  public static Scaling unit() {
    return new Scaling(1 / 255.0, false, same(0), same(1));
  }

  /** {@code byte / 255}: the last bit may differ from {@link #unit}. */
  public static Scaling divided() {
    return new Scaling(1 / 255.0, true, same(0), same(1));
  }

  /** {@code (byte - 127.5) / 127.5}. */
  public static Scaling centred() {
    return new Scaling(1 / 255.0, true, same(0.5), same(0.5));
  }

  private static List<Double> same(double value) {
    return List.of(value, value, value);
  }

  /** The float of each byte, for colour 0, 1 or 2. */
  float[] table(int color) {
    float[] table = new float[256];
    float inverse = (float) (1 / rescale);
    float shift = mean.get(color).floatValue() * inverse;
    float divisor = std.get(color).floatValue() * inverse;
    for (int i = 0; i < table.length; i++) {
      table[i] = normalizes ? (i - shift) / divisor : i * (float) rescale;
    }
    return table;
  }
}
