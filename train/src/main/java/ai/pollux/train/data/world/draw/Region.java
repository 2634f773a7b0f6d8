package ai.pollux.train.data.world.draw;

/** What is painted: a set of points in a box. */
public interface Region {
  /** Whether a point belongs to it. */
  boolean contains(double x, double y);

  /** Left, top, right, bottom. */
  double[] bounds();

  /** A disc. */
  static Region disc(double x, double y, double radius) {
    return of(
        (px, py) -> (px - x) * (px - x) + (py - y) * (py - y) <= radius * radius,
        x - radius,
        y - radius,
        x + radius,
        y + radius);
  }

  /** A disc with a hole. */
  static Region ring(double x, double y, double radius, double hole) {
    return of(
        (px, py) -> {
          double square = (px - x) * (px - x) + (py - y) * (py - y);
          return square <= radius * radius && square >= hole * hole;
        },
        x - radius,
        y - radius,
        x + radius,
        y + radius);
  }

  /** A rectangle from its corner. */
  static Region box(double x, double y, double width, double height) {
    return of(
        (px, py) -> px >= x && px < x + width && py >= y && py < y + height,
        x,
        y,
        x + width,
        y + height);
  }

  /** A line of a thickness. */
  static Region line(double x0, double y0, double x1, double y1, double thickness) {
    double length = Math.max(1e-9, Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)));
    double ux = (x1 - x0) / length;
    double uy = (y1 - y0) / length;
    double half = thickness / 2;
    return of(
        (px, py) -> {
          double along = (px - x0) * ux + (py - y0) * uy;
          double across = (px - x0) * uy - (py - y0) * ux;
          return along >= -half / 2 && along <= length + half / 2 && Math.abs(across) <= half;
        },
        Math.min(x0, x1) - thickness,
        Math.min(y0, y1) - thickness,
        Math.max(x0, x1) + thickness,
        Math.max(y0, y1) + thickness);
  }

  /**
   * A polygon, by the even-odd rule.
   *
   * @param points x and y in turns
   */
  static Region polygon(double... points) {
    double[] bounds = {points[0], points[1], points[0], points[1]};
    for (int i = 0; i < points.length; i += 2) {
      bounds[0] = Math.min(bounds[0], points[i]);
      bounds[1] = Math.min(bounds[1], points[i + 1]);
      bounds[2] = Math.max(bounds[2], points[i]);
      bounds[3] = Math.max(bounds[3], points[i + 1]);
    }
    return of((x, y) -> isInside(points, x, y), bounds);
  }

  private static boolean isInside(double[] points, double x, double y) {
    boolean inside = false;
    for (int i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      if (points[i + 1] > y != points[j + 1] > y
          && x
              < (points[j] - points[i]) * (y - points[i + 1]) / (points[j + 1] - points[i + 1])
                  + points[i]) {
        inside = !inside;
      }
    }
    return inside;
  }

  /** Whether a point belongs to it. */
  interface Test {
    /** See {@link Region#contains}. */
    boolean contains(double x, double y);
  }

  /** A region by its test; left, top, right, bottom. */
  static Region of(Test test, double... bounds) {
    return new Region() {
      @Override
      public boolean contains(double x, double y) {
        return test.contains(x, y);
      }

      @Override
      public double[] bounds() {
        return bounds;
      }
    };
  }
}
