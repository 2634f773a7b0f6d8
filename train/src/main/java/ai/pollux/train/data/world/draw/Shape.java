package ai.pollux.train.data.world.draw;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures that are told apart at ten pixels. */
public enum Shape {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  STAR,
  DIAMOND,
  CROSS,
  RING,
  HEART;

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Shape::word).toList();
  }

  /** The figure around a point. It is no wider and no higher than twice its radius. */
  public Region at(double x, double y, double radius) {
    double r = radius;
    return switch (this) {
      case CIRCLE -> Region.disc(x, y, r);
      case SQUARE -> Region.box(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
      case TRIANGLE -> Region.polygon(x, y - r, x + r, y + 0.85 * r, x - r, y + 0.85 * r);
      case STAR -> star(x, y, r);
      case DIAMOND -> Region.polygon(x, y - r, x + 0.75 * r, y, x, y + r, x - 0.75 * r, y);
      case CROSS -> cross(x, y, r, r * 0.36);
      case RING -> Region.ring(x, y, r, r * 0.55);
      case HEART -> heart(x, y, r);
    };
  }

  private static Region star(double x, double y, double radius) {
    double[] points = new double[20];
    for (int i = 0; i < 10; i++) {
      double r = i % 2 == 0 ? radius * 1.05 : radius * 0.45;
      double angle = StrictMath.PI * (i / 5.0 - 0.5);
      points[2 * i] = x + r * StrictMath.cos(angle);
      points[2 * i + 1] = y + r * StrictMath.sin(angle);
    }
    return Region.polygon(points);
  }

  private static Region cross(double x, double y, double r, double arm) {
    return Region.of(
        (px, py) ->
            Math.abs(px - x) <= r
                && Math.abs(py - y) <= r
                && (Math.abs(px - x) <= arm || Math.abs(py - y) <= arm),
        x - r,
        y - r,
        x + r,
        y + r);
  }

  /** (x² + y² - 1)³ ≤ x² y³, the algebraic heart. */
  private static Region heart(double x, double y, double r) {
    double scale = 1.16 / r;
    return Region.of(
        (px, py) -> {
          double a = (px - x) * scale;
          double b = (y - py) * scale + 0.1;
          double round = a * a + b * b - 1;
          return round * round * round <= a * a * b * b * b;
        },
        x - r,
        y - r,
        x + r,
        y + r);
  }
}
