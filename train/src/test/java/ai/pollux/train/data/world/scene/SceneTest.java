package ai.pollux.train.data.world.scene;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Shape;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is drawn is what the answers are about: seen again from the pixels. */
final class SceneTest {
  private static Draw draw(int seed) {
    return new Draw(new SplittableRandom(seed), Split.TRAIN);
  }

  @Test
  void asManyThingsAreSeenAsThereAre() {
    for (int seed = 0; seed < 200; seed++) {
      Draw draw = draw(seed);
      Scene scene = Scene.of(draw, 8);
      assertThat(islands(scene.image(draw))).as(scene.content()).isEqualTo(scene.things().size());
    }
  }

  /** Connected areas that differ from the first pixel, which is ground. */
  private static int islands(RgbImage image) {
    int width = image.width();
    boolean[] open = new boolean[width * image.height()];
    for (int i = 0; i < open.length; i++) {
      int distance = 0;
      for (int c = 0; c < 3; c++) {
        distance += Math.abs((image.rgb()[3 * i + c] & 0xFF) - (image.rgb()[c] & 0xFF));
      }
      open[i] = distance > 20;
    }
    int count = 0;
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        count++;
        sink(open, width, i);
      }
    }
    return count;
  }

  private static void sink(boolean[] open, int width, int start) {
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    queue.add(start);
    open[start] = false;
    while (!queue.isEmpty()) {
      int at = queue.remove();
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int x = at % width + dx;
          int next = at + dx + dy * width;
          if (x >= 0 && x < width && next >= 0 && next < open.length && open[next]) {
            open[next] = false;
            queue.add(next);
          }
        }
      }
    }
  }

  @Test
  void colorsAreSeenAtTheirPlaces() {
    for (int seed = 0; seed < 200; seed++) {
      Draw draw = draw(seed);
      Scene scene = Scene.of(draw, 6);
      RgbImage image = scene.image(draw);
      for (Thing thing : scene.things()) {
        if (thing.shape() != Shape.RING) {
          int pixel = (int) thing.y() * image.width() + (int) thing.x();
          assertThat(nearest(image, pixel)).as(scene.content()).isEqualTo(thing.ink().name());
        }
      }
    }
  }

  private static String nearest(RgbImage image, int pixel) {
    return Ink.BRIGHT.stream()
        .min(Comparator.comparingInt(ink -> distance(image, pixel, ink.rgb())))
        .orElseThrow()
        .name();
  }

  private static int distance(RgbImage image, int pixel, int color) {
    int sum = 0;
    for (int c = 0; c < 3; c++) {
      int gap = (image.rgb()[3 * pixel + c] & 0xFF) - (color >> (16 - 8 * c) & 0xFF);
      sum += gap * gap;
    }
    return sum;
  }

  @Test
  void noSceneIsInTwoSplits() {
    for (int seed = 0; seed < 100; seed++) {
      Draw draw = new Draw(new SplittableRandom(seed), Split.TEST);
      Scene scene = draw.fresh(() -> Scene.of(draw, 3), Scene::content);
      assertThat(Split.of(scene.content())).isEqualTo(Split.TEST);
    }
  }
}
