package ai.pollux.train.data.world.film;

import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;

/** A figure of a film. */
record Actor(Shape shape, Ink ink) {
  /** {@code red circle}. */
  String words() {
    return ink.name() + " " + shape.word();
  }
}
