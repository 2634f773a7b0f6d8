package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Region;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;

/** Bars with names under them, and their values above them or on an axis; 108 x 84 pixels. */
record BarTask(List<Typeface> faces) implements Task {
  @Override
  public String name() {
    return "picture.bars";
  }

  @Override
  public Problem pose(Draw draw) {
    int count = draw.between(2, 4);
    Series series = draw.fresh(() -> Series.of(draw, count), Series::content);
    boolean colored = draw.chance(0.4);
    List<Ink> inks = draw.some(Ink.BRIGHT, count);
    Canvas canvas = canvas(draw, series, colored ? inks : List.of(draw.one(Ink.BRIGHT)));
    List<Quiz.Item> items =
        new ArrayList<>(new SeriesQuestions(draw, series).some(draw.between(2, 4), "bar", true));
    if (colored) {
      int i = draw.below(count);
      items.add(
          Quiz.choice(
              "What color is the bar of %s?".formatted(series.names().get(i)),
              inks.get(i).name(),
              Ink.names(),
              "It is %s.".formatted(inks.get(i).name())));
    }
    return Quiz.of(draw, name(), List.of(new Medium.Picture(canvas.image())), items);
  }

  private Canvas canvas(Draw draw, Series series, List<Ink> inks) {
    Canvas canvas = new Canvas(Axes.WIDTH, Axes.HEIGHT, Ink.gray(draw.between(235, 255)));
    boolean written = draw.chance(0.5);
    Lettering small = Axes.lettering(faces, draw);
    Axes axes = new Axes(canvas, small, series.step());
    axes.draw(!written);
    int count = series.values().size();
    for (int i = 0; i < count; i++) {
      double middle = axes.x(i, count);
      double half = axes.step(count) * 0.3;
      double top = axes.y(series.values().get(i));
      canvas.paint(
          Region.box(middle - half, top, 2 * half, axes.y(0) - top), inks.get(i % inks.size()));
      axes.name(series.names().get(i), middle);
      if (written) {
        small.center(canvas, String.valueOf(series.values().get(i)), middle, top - 6, Ink.BLACK);
      }
    }
    return canvas;
  }
}
