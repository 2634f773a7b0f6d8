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

/** A pie whose parts a legend names; shares are tenths. */
record PieTask(List<Typeface> faces) implements Task {
  private static final int TENTHS = 10;
  private static final double RADIUS = 34;

  @Override
  public String name() {
    return "picture.pie";
  }

  @Override
  public Problem pose(Draw draw) {
    int count = draw.between(2, 4);
    Series series = draw.fresh(() -> shares(draw, count), Series::content);
    List<Ink> inks = draw.some(Ink.BRIGHT, count);
    Canvas canvas = new Canvas(Axes.WIDTH, Axes.HEIGHT, Ink.gray(draw.between(235, 255)));
    draw(canvas, draw, series, inks);
    List<Quiz.Item> items =
        new ArrayList<>(new SeriesQuestions(draw, series).some(2, "part", false));
    int i = draw.below(count);
    String name = series.names().get(i);
    items.add(
        Quiz.choice(
            draw.of("What color stands for %s?", "Which color is %s?").formatted(name),
            inks.get(i).name(),
            Ink.names(),
            "%s is %s.".formatted(name, inks.get(i).name())));
    if (draw.chance(0.5)) {
      boolean half = series.values().get(i) > TENTHS / 2;
      items.add(Quiz.yesNo("Is %s more than half?".formatted(name), half, "it is.", "it is not."));
    }
    return Quiz.of(draw, name(), List.of(new Medium.Picture(canvas.image())), items);
  }

  private static Series shares(Draw draw, int count) {
    List<Integer> shares =
        draw.until(
            () -> {
              List<Integer> any = new ArrayList<>();
              int left = TENTHS;
              for (int i = 1; i < count; i++) {
                int share = draw.between(1, left - (count - i));
                any.add(share);
                left -= share;
              }
              any.add(left);
              return any;
            },
            any -> any.stream().distinct().count() == count && !any.contains(TENTHS / 2),
            1000);
    return new Series(Series.names(draw, count), shares, 1);
  }

  private void draw(Canvas canvas, Draw draw, Series series, List<Ink> inks) {
    int turn = draw.below(36);
    int from = 0;
    Lettering small = Axes.lettering(faces, draw);
    for (int i = 0; i < inks.size(); i++) {
      int share = series.values().get(i);
      canvas.paint(Sector.of(38, 42, RADIUS, from / 10.0 + turn / 36.0, share / 10.0), inks.get(i));
      from += share;
      double y = 42 + (i - (inks.size() - 1) / 2.0) * 17;
      canvas.paint(Region.box(76, y - 4, 8, 8), inks.get(i));
      small.left(canvas, series.names().get(i), 86, y, Ink.BLACK);
    }
  }
}
