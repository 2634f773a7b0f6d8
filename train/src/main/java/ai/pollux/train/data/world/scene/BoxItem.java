package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Region;
import ai.pollux.train.data.world.draw.Shape;

/**
 * A figure in a box of 100 x 100.
 *
 * @param size 10, 20 or 30 pixels across
 * @param x its left edge
 * @param y its upper edge
 */
record BoxItem(Shape shape, Ink ink, int size, int x, int y) {
  static final int SIDE = 100;

  boolean isAtBottom() {
    return y + size >= SIDE;
  }

  boolean isAtRight() {
    return x + size >= SIDE;
  }

  boolean isAtEdge() {
    return isAtBottom() || isAtRight() || x == 0 || y == 0;
  }

  boolean isInCorner() {
    return (isAtBottom() || y == 0) && (isAtRight() || x == 0);
  }

  boolean isApart(BoxItem other, int gap) {
    return x + size + gap <= other.x
        || other.x + other.size + gap <= x
        || y + size + gap <= other.y
        || other.y + other.size + gap <= y;
  }

  String sizeWord() {
    return size == 10 ? "small" : size == 20 ? "medium" : "big";
  }

  /** Draws it in a box that begins at a column. */
  void draw(Canvas canvas, int left) {
    double r = size / 2.0;
    double at = left + x;
    switch (shape) {
      case SQUARE -> canvas.fill(left + x, y, size, size, ink);
      case TRIANGLE ->
          canvas.paint(Region.polygon(at + r, y, at + size, y + size, at, y + size), ink);
      case CIRCLE, STAR, DIAMOND, CROSS, RING, HEART ->
          canvas.paint(Region.disc(at + r, y + r, r), ink);
    }
  }

  String content() {
    return "%s %s %d %d %d".formatted(ink.name(), shape.word(), size, x / 5, y / 5);
  }
}
