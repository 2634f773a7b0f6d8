package ai.pollux.train.data.world.draw;

import ai.pollux.content.MediaLimits;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The characters 32 to 126 of a font, as a sheet of coverage; made by {@code
 * tools/GlyphAtlas.java}. Shared by many threads; sheets are never changed.
 */
public final class Typeface {
  /** How many there are. */
  public static final int COUNT = 24;

  static final int CELL = 36;
  static final int EM = 24;
  static final int BASELINE = 26;
  private static final int COLUMNS = 16;
  private static final int ROWS = 6;
  private static final int GAP = 2; // between the ink of two letters
  private static final int BLANK = 8; // an empty glyph's width

  private final byte[] coverage; // [6 · 36, 16 · 36]
  private final int[] left = new int[COLUMNS * ROWS]; // of the ink in its cell
  private final int[] ink = new int[COLUMNS * ROWS]; // its width

  private Typeface(RgbImage sheet) {
    coverage = new byte[sheet.width() * sheet.height()];
    for (int i = 0; i < coverage.length; i++) {
      coverage[i] = sheet.rgb()[3 * i];
    }
    for (int glyph = 0; glyph < left.length; glyph++) {
      measure(glyph);
    }
  }

  /** All of them. */
  public static List<Typeface> all() {
    List<Typeface> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String name = "glyphs-%02d.png".formatted(i);
      try (InputStream in = Typeface.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(
              name + " is not beside " + Typeface.class.getName() + ": build the jar anew");
        }
        all.add(new Typeface(new ImageReader(MediaLimits.standard()).read(in.readAllBytes())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(all);
  }

  private void measure(int glyph) {
    int first = CELL;
    int last = -1;
    for (int x = 0; x < CELL; x++) {
      for (int y = 0; y < CELL; y++) {
        if ((at(glyph, x, y) & 0xFF) > 40) {
          first = Math.min(first, x);
          last = x;
        }
      }
    }
    left[glyph] = last < 0 ? 0 : first;
    ink[glyph] = last < 0 ? BLANK : last + 1 - first;
  }

  private byte at(int glyph, int x, int y) {
    int row = glyph / COLUMNS * CELL + y;
    return coverage[row * COLUMNS * CELL + glyph % COLUMNS * CELL + x];
  }

  /** How wide a line is at 24 pixels an em. */
  double width(String text) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += advance(text.charAt(i));
    }
    return Math.max(1, width - GAP);
  }

  double advance(char letter) {
    return ink[glyph(letter)] + GAP;
  }

  /**
   * The ink of a letter at a point, 0 to 255, between pixels by two linear steps.
   *
   * @param x from the left end of its ink
   * @param y from the top of its cell; the baseline is at 26
   */
  double ink(char letter, double x, double y) {
    int glyph = glyph(letter);
    double sheetX = x + left[glyph] - 0.5;
    double sheetY = y - 0.5;
    int x0 = (int) Math.floor(sheetX);
    int y0 = (int) Math.floor(sheetY);
    if (x0 < 0 || y0 < 0 || x0 >= CELL - 1 || y0 >= CELL - 1) {
      return 0;
    }
    double fx = sheetX - x0;
    double fy = sheetY - y0;
    double upper = (at(glyph, x0, y0) & 0xFF) * (1 - fx) + (at(glyph, x0 + 1, y0) & 0xFF) * fx;
    double lower =
        (at(glyph, x0, y0 + 1) & 0xFF) * (1 - fx) + (at(glyph, x0 + 1, y0 + 1) & 0xFF) * fx;
    return upper * (1 - fy) + lower * fy;
  }

  private static int glyph(char letter) {
    if (letter < 32 || letter > 126) {
      throw new IllegalArgumentException(
          "the sheets hold the characters 32 to 126, found %d in a text".formatted((int) letter));
    }
    return letter - 32;
  }
}
