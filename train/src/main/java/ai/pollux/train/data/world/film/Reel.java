package ai.pollux.train.data.world.film;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayList;
import java.util.List;

/** A film that is being drawn: frames of one ground, two a second. */
final class Reel {
  static final int SIDE = 48;
  private static final double PER_SECOND = 2;

  private final List<Canvas> frames = new ArrayList<>();

  Reel(Draw draw, int count) {
    Ink ground = Ink.ground(draw);
    for (int i = 0; i < count; i++) {
      frames.add(new Canvas(SIDE, SIDE, ground));
    }
  }

  int count() {
    return frames.size();
  }

  void show(int frame, Actor actor, double x, double y, double radius) {
    frames.get(frame).paint(actor.shape().at(x, y, radius), actor.ink());
  }

  Medium.Film film() {
    List<RgbImage> images = frames.stream().map(Canvas::image).toList();
    return new Medium.Film(images, PER_SECOND);
  }

  /** Actors of different colours and shapes. */
  static List<Actor> cast(Draw draw, int count) {
    List<Ink> inks = draw.some(Ink.BRIGHT, count);
    List<Shape> shapes = draw.some(List.of(Shape.values()), count);
    List<Actor> cast = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cast.add(new Actor(shapes.get(i), inks.get(i)));
    }
    return cast;
  }
}
