package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;

/**
 * Things of a kind; an empty word means any.
 *
 * @param size {@code small}, {@code large} or empty
 */
record Kind(String size, String ink, String shape) {
  boolean holds(Thing thing) {
    return (size.isEmpty() || size.equals(thing.size()))
        && (ink.isEmpty() || ink.equals(thing.ink().name()))
        && (shape.isEmpty() || shape.equals(thing.shape().word()));
  }

  /** {@code small red circle}; {@code red shape}. */
  String words() {
    String noun = shape.isEmpty() ? "shape" : shape;
    String colored = ink.isEmpty() ? noun : ink + " " + noun;
    return size.isEmpty() ? colored : size + " " + colored;
  }

  /** {@code circles}. */
  String many() {
    return Wording.plural(words());
  }

  /** Any kind; mostly one that the scene has. */
  static Kind draw(Draw draw, Scene scene) {
    Thing model = draw.one(scene.things());
    String ink = (draw.chance(0.7) ? model.ink() : draw.one(Ink.BRIGHT)).name();
    String shape = (draw.chance(0.7) ? model.shape() : draw.of(Shape.values())).word();
    String size = draw.chance(0.8) ? "" : draw.of("small", "large");
    return switch (draw.below(5)) {
      case 0, 1 -> new Kind("", ink, "");
      case 2 -> new Kind(size, "", shape);
      default -> new Kind(size, ink, shape);
    };
  }
}
