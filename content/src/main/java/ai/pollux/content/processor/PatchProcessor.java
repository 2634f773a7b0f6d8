package ai.pollux.content.processor;

import ai.pollux.content.MediaException;
import ai.pollux.content.image.RgbImage;
import java.util.List;

/**
 * Gemma 4: an image keeps its aspect ratio, is made as large as its budget of tokens allows, and is
 * cut into square patches.
 */
public record PatchProcessor(PatchSettings settings) implements ImageProcessor {
  /** A size in pixels. */
  record Size(int width, int height) {}

  @Override
  public List<ProcessedImage> process(RgbImage image) {
    return List.of(patches(image));
  }

  /** The image as patches. */
  public ProcessedImage.Patches patches(RgbImage image) {
    Size size = target(image.fullWidth(), image.fullHeight());
    RgbImage resized = settings.resampling().resize(image, size.width(), size.height());
    int side = settings.patchSize() * (settings.isMerged() ? settings.poolingSize() : 1);
    int across = size.width() / side;
    int down = size.height() / side;
    int[] columns = new int[across * down];
    int[] rows = new int[across * down];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i % across;
      rows[i] = i / across;
    }
    int tokenSide = settings.patchSize() * settings.poolingSize();
    int softTokens = (size.width() / tokenSide) * (size.height() / tokenSide);
    float[] values = values(resized, side, across, down);
    return new ProcessedImage.Patches(values, 3 * side * side, columns, rows, softTokens);
  }

  /**
   * The largest size with sides that are multiples of a token's, and with no more pixels than the
   * budget: f = √(budget · token² / (height · width)), each side floor(f · side / token) · token. A
   * side of 0 becomes one token's, the other one min(floor(long / short), budget) tokens'.
   */
  Size target(int width, int height) {
    int token = settings.patchSize() * settings.poolingSize();
    int budget = settings.softTokens();
    double pixels = (double) budget * token * token;
    double factor = Math.sqrt(pixels / ((double) height * width));
    int across = (int) Math.floor(factor * width / token);
    int down = (int) Math.floor(factor * height / token);
    if (across == 0 && down == 0) {
      throw new MediaException(
          "An image of %d x %d leaves nothing after resizing.".formatted(width, height));
    }
    if (down == 0) {
      down = 1;
      across = Math.min(width / height, budget);
    } else if (across == 0) {
      across = 1;
      down = Math.min(height / width, budget);
    }
    return new Size(across * token, down * token);
  }

  private float[] values(RgbImage image, int side, int across, int down) {
    byte[] rgb = image.rgb();
    float[][] tables = {
      settings.scaling().table(0), settings.scaling().table(1), settings.scaling().table(2)
    };
    float[] values = new float[rgb.length];
    int to = 0;
    for (int patch = 0; patch < across * down; patch++) {
      int corner = (patch / across * side) * image.width() + patch % across * side;
      for (int y = 0; y < side; y++) {
        int from = 3 * (corner + y * image.width());
        for (int i = 0; i < side; i++, from += 3, to += 3) {
          values[to] = tables[0][rgb[from] & 0xFF];
          values[to + 1] = tables[1][rgb[from + 1] & 0xFF];
          values[to + 2] = tables[2][rgb[from + 2] & 0xFF];
        }
      }
    }
    return values;
  }
}
