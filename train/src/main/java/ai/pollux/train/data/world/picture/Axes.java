package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.List;

/** The frame of a chart whose values go from 0 to ten steps. */
record Axes(Canvas canvas, Lettering small, int step) {
  static final int WIDTH = 108;
  static final int HEIGHT = 84;
  private static final int LEFT = 23;
  private static final int BOTTOM = 68;
  private static final int TOP = 13;

  /** Small, in one of the plain faces. */
  static Lettering lettering(List<Typeface> faces, Draw draw) {
    return new Lettering(faces.get(draw.of(4, 6, 11, 12, 17, 18, 19)), 12);
  }

  double y(int value) {
    return BOTTOM - (BOTTOM - TOP) * value / (10.0 * step);
  }

  double step(int count) {
    return (WIDTH - LEFT - 2.0) / count;
  }

  double x(int i, int count) {
    return LEFT + step(count) * (i + 0.5);
  }

  void name(String name, double x) {
    small.center(canvas, name, x, HEIGHT - 8, Ink.BLACK);
  }

  /** Two lines; a grid with numbers where values are to be read from it. */
  void draw(boolean scaled) {
    if (scaled) {
      for (int i = 0; i <= 10; i++) {
        boolean numbered = i % 5 == 0;
        canvas.fill(
            LEFT, (int) Math.rint(y(i * step)), WIDTH - LEFT, 1, Ink.gray(numbered ? 150 : 215));
        if (numbered) {
          small.right(canvas, String.valueOf(i * step), LEFT - 2, y(i * step), Ink.BLACK);
        }
      }
    }
    canvas.fill(LEFT - 1, TOP - 4, 1, BOTTOM - TOP + 5, Ink.gray(60));
    canvas.fill(LEFT - 1, BOTTOM, WIDTH - LEFT, 1, Ink.gray(60));
  }
}
