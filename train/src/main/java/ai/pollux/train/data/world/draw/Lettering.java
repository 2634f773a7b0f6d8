package ai.pollux.train.data.world.draw;

/**
 * How text is put on a canvas.
 *
 * @param size pixels an em
 * @param angle radians, clockwise
 * @param shear how far a line leans to the right, in its heights
 * @param spacing of letters, 1 being the font's own
 */
public record Lettering(Typeface face, double size, double angle, double shear, double spacing) {
  private static final int FINE = 3; // points of each pixel in each direction

  /** Straight text. */
  public Lettering(Typeface face, double size) {
    this(face, size, 0, 0, 1);
  }

  /** How wide a line is, in pixels, before it is turned. */
  public double width(String text) {
    return face.width(text) * spacing * size / Typeface.EM;
  }

  /** Writes a line around its middle: half a small letter above the baseline. */
  public void center(Canvas canvas, String text, double x, double y, Ink ink) {
    write(canvas, text, x, y, face.width(text) * spacing / 2, ink);
  }

  /** Writes a line from its left end; y is its middle. */
  public void left(Canvas canvas, String text, double x, double y, Ink ink) {
    write(canvas, text, x, y, 0, ink);
  }

  /** Writes a line up to its right end; y is its middle. */
  public void right(Canvas canvas, String text, double x, double y, Ink ink) {
    write(canvas, text, x, y, face.width(text) * spacing, ink);
  }

  private void write(Canvas canvas, String text, double x, double y, double anchor, Ink ink) {
    double scale = Typeface.EM / size;
    double cos = StrictMath.cos(angle) * scale;
    double sin = StrictMath.sin(angle) * scale;
    double middle = Typeface.BASELINE - 0.36 * Typeface.EM;
    double pen = -anchor;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      double advance = face.advance(letter) * spacing;
      if (letter != ' ') {
        double cx = pen + advance / 2; // the letter's middle in the sheet's pixels, from the anchor
        double dx = cx / scale;
        double px = x + dx * StrictMath.cos(angle);
        double py = y + dx * StrictMath.sin(angle);
        double reach = (Typeface.CELL * (1 + Math.abs(shear)) * 0.75 + 2) / scale;
        letter(canvas, letter, new Place(x, y, cos, sin, pen, middle), px, py, reach, ink);
      }
      pen += advance;
    }
  }

  /** From pixels of the canvas to the sheet's, relative to the anchor. */
  private record Place(double x, double y, double cos, double sin, double pen, double middle) {}

  private void letter(
      Canvas canvas, char letter, Place at, double px, double py, double reach, Ink ink) {
    int top = (int) Math.floor(py - reach);
    int bottom = (int) Math.ceil(py + reach);
    int start = (int) Math.floor(px - reach);
    int end = (int) Math.ceil(px + reach);
    for (int row = Math.max(0, top); row <= Math.min(canvas.height() - 1, bottom); row++) {
      for (int column = Math.max(0, start); column <= Math.min(canvas.width() - 1, end); column++) {
        int share = (int) (sum(letter, at, column, row) / (FINE * FINE) + 0.5);
        canvas.blend(column, row, ink.rgb(), share);
      }
    }
  }

  private double sum(char letter, Place at, int column, int row) {
    double sum = 0;
    for (int i = 0; i < FINE; i++) {
      for (int j = 0; j < FINE; j++) {
        double dx = column + (j + 0.5) / FINE - at.x;
        double dy = row + (i + 0.5) / FINE - at.y;
        double v = -dx * at.sin + dy * at.cos;
        double u = dx * at.cos + dy * at.sin + shear * v;
        sum += face.ink(letter, u - at.pen, v + at.middle);
      }
    }
    return sum;
  }
}
