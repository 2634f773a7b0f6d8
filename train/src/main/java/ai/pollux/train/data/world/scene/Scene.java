package ai.pollux.train.data.world.scene;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Distortion;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Figures that do not touch each other, on 96 x 96 pixels: 64 tokens of 12 x 12. */
record Scene(List<Thing> things) {
  static final int SIDE = 96;
  private static final double GAP = 3;
  private static final int TRIES = 60;

  Scene {
    things = List.copyOf(things);
  }

  /** Up to so many figures, at least one; few colours and shapes, so that some are alike. */
  static Scene of(Draw draw, int most) {
    int count = draw.between(1, most);
    List<Ink> inks = draw.some(Ink.BRIGHT, draw.between(2, 4));
    List<Shape> shapes = draw.some(List.of(Shape.values()), draw.between(2, 4));
    List<Thing> things = new ArrayList<>();
    for (int i = 0; i < TRIES && things.size() < count; i++) {
      boolean large = draw.chance(most > 6 ? 0.3 : 0.5);
      double radius = large ? draw.uniform(11, 14) : draw.uniform(5.5, 7);
      Thing thing =
          new Thing(
              draw.one(shapes),
              draw.one(inks),
              large,
              draw.uniform(radius + 1, SIDE - radius - 1),
              draw.uniform(radius + 1, SIDE - radius - 1),
              radius);
      if (things.stream().allMatch(other -> isApart(thing, other))) {
        things.add(thing);
      }
    }
    return new Scene(things);
  }

  private static boolean isApart(Thing a, Thing b) {
    double reach = a.radius() + b.radius() + GAP;
    double dx = a.x() - b.x();
    double dy = a.y() - b.y();
    return dx * dx + dy * dy > reach * reach;
  }

  int count(Predicate<Thing> kind) {
    return (int) things.stream().filter(kind).count();
  }

  /** What is asked about it: all of it but exact shades and places. */
  String content() {
    return things.stream().map(Thing::content).sorted().collect(Collectors.joining(";"));
  }

  /** Draws it; the shades differ a little from picture to picture. */
  Medium.Picture picture(Draw draw) {
    return new Medium.Picture(Distortion.some(image(draw), draw));
  }

  RgbImage image(Draw draw) {
    Canvas canvas = new Canvas(SIDE, SIDE, Ink.ground(draw));
    for (Thing thing : things) {
      Ink ink = thing.ink().near(draw, 12);
      canvas.paint(thing.shape().at(thing.x(), thing.y(), thing.radius()), ink);
    }
    return canvas.image();
  }
}
