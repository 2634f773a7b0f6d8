package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;

/**
 * A picture with a known number of something, for tasks that combine it with other media.
 *
 * @param things like {@code red circles}
 */
public record Counted(Medium.Picture picture, String things, int count) {
  /** A scene of the draw's split, with up to so many of the things, at least one. */
  public static Counted of(Draw draw, int most) {
    Scene scene = draw.fresh(() -> Scene.of(draw, Math.max(3, most)), Scene::content);
    Kind kind =
        draw.until(
            () -> draw.chance(0.3) ? new Kind("", "", "") : Kind.draw(draw, scene),
            any -> scene.count(any::holds) >= 1 && scene.count(any::holds) <= most,
            200);
    return new Counted(scene.picture(draw), kind.many(), scene.count(kind::holds));
  }
}
