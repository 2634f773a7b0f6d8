package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.world.draw.Region;

/** A part of a disc. */
final class Sector {
  private Sector() {}

  /**
   * A sector.
   *
   * @param from where it begins, in turns, clockwise
   * @param turns how far it goes, more than 0 and less than 1
   */
  static Region of(double x, double y, double radius, double from, double turns) {
    double ax = StrictMath.cos(2 * StrictMath.PI * from);
    double ay = StrictMath.sin(2 * StrictMath.PI * from);
    double bx = StrictMath.cos(2 * StrictMath.PI * (from + turns));
    double by = StrictMath.sin(2 * StrictMath.PI * (from + turns));
    return Region.of(
        (px, py) -> {
          double dx = px - x;
          double dy = py - y;
          boolean afterFrom = ax * dy - ay * dx >= 0;
          boolean beforeEnd = bx * dy - by * dx < 0;
          boolean within = turns <= 0.5 ? afterFrom && beforeEnd : afterFrom || beforeEnd;
          return within && dx * dx + dy * dy <= radius * radius;
        },
        x - radius,
        y - radius,
        x + radius,
        y + radius);
  }
}
