package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;

/** A figure of a scene. The point is its middle, the radius in pixels. */
record Thing(Shape shape, Ink ink, boolean isLarge, double x, double y, double radius) {
  String size() {
    return isLarge ? "large" : "small";
  }

  /** {@code red circle}. */
  String words() {
    return ink.name() + " " + shape.word();
  }

  String content() {
    return "%s %s %s %d %d".formatted(size(), ink.name(), shape.word(), (int) x / 4, (int) y / 4);
  }
}
