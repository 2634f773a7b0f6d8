package ai.pollux.train.data.world.picture;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Handwritten digits of 28 x 28, such as MNIST's for training: one byte a pixel, 0 for paper. Each
 * image belongs to one split by its number. May be used by many threads.
 */
public final class DigitImages {
  /** Pixels across and down. */
  public static final int SIDE = 28;

  private final byte[] pixels;
  private final Map<Split, List<List<Integer>>> places = new EnumMap<>(Split.class);

  /**
   * Images one after the other.
   *
   * @param pixels {@code [N, 28, 28]}, shared
   * @param labels {@code [N]}, 0 to 9
   */
  public DigitImages(byte[] pixels, byte[] labels) {
    if (pixels.length != labels.length * SIDE * SIDE) {
      throw new IllegalArgumentException(
          "digits: %d labels need %d pixels of 28 x 28, found %d. Images and labels must be of one set."
              .formatted(labels.length, labels.length * SIDE * SIDE, pixels.length));
    }
    this.pixels = pixels;
    for (Split split : Split.values()) {
      List<List<Integer>> lists = new ArrayList<>();
      for (int digit = 0; digit < 10; digit++) {
        lists.add(new ArrayList<>());
      }
      places.put(split, lists);
    }
    for (int i = 0; i < labels.length; i++) {
      lists(Split.of("digit image " + i)).get(labels[i]).add(i);
    }
  }

  private List<List<Integer>> lists(Split split) {
    return places.getOrDefault(split, List.of());
  }

  /** An image of a digit that belongs to the draw's split: gray, light on dark. */
  public RgbImage image(Draw draw, int digit) {
    List<Integer> all = lists(draw.split()).get(digit);
    if (all.isEmpty()) {
      throw new IllegalStateException(
          "no image of a %d belongs to %s: give more images".formatted(digit, draw.split()));
    }
    int from = draw.one(all) * SIDE * SIDE;
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      rgb[3 * i] = pixels[from + i];
      rgb[3 * i + 1] = pixels[from + i];
      rgb[3 * i + 2] = pixels[from + i];
    }
    return new RgbImage(SIDE, SIDE, rgb);
  }
}
