package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Region;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;

/** One or two lines over names; their values are read from a grid. */
record LineTask(List<Typeface> faces) implements Task {
  private static final List<Ink> INKS =
      Ink.BRIGHT.stream().filter(ink -> !ink.name().equals("yellow")).toList();

  @Override
  public String name() {
    return "picture.line";
  }

  @Override
  public Problem pose(Draw draw) {
    int count = draw.between(3, 4);
    boolean two = draw.chance(0.35);
    Series series = draw.fresh(() -> trend(draw, Series.of(draw, count)), Series::content);
    List<Integer> other = two ? second(draw, series) : List.of();
    List<Ink> inks = draw.some(INKS, 2);
    Canvas canvas = new Canvas(Axes.WIDTH, Axes.HEIGHT, Ink.gray(draw.between(235, 255)));
    Axes axes = new Axes(canvas, Axes.lettering(faces, draw), series.step());
    axes.draw(true);
    for (int i = 0; i < count; i++) {
      axes.name(series.names().get(i), axes.x(i, count));
    }
    if (two) {
      line(axes, other, inks.get(1));
    }
    line(axes, series.values(), inks.get(0));
    List<Quiz.Item> items = new ArrayList<>();
    if (two) {
      items.add(higher(draw, series, other, inks));
    } else {
      items.addAll(new SeriesQuestions(draw, series).some(draw.between(2, 3), "point", true));
    }
    items.add(course(draw, series, two ? "the " + inks.get(0).name() + " line" : "the line"));
    return Quiz.of(draw, name(), List.of(new Medium.Picture(canvas.image())), items);
  }

  /** Half of the lines only rise, or only fall. */
  private static Series trend(Draw draw, Series series) {
    List<Integer> sorted = series.values().stream().sorted().distinct().toList();
    if (sorted.size() < series.values().size() || draw.chance(0.5)) {
      return series;
    }
    return new Series(series.names(), draw.chance(0.5) ? sorted : sorted.reversed(), series.step());
  }

  /** Never at the same height as the first, so that it is clear which is higher. */
  private static List<Integer> second(Draw draw, Series series) {
    List<Integer> values = new ArrayList<>();
    for (int value : series.values()) {
      values.add(
          draw.until(
              () -> draw.between(1, 10) * series.step(),
              any -> Math.abs(any - value) >= 2 * series.step(),
              100));
    }
    return values;
  }

  private static void line(Axes axes, List<Integer> values, Ink ink) {
    int count = values.size();
    for (int i = 0; i < count; i++) {
      double x = axes.x(i, count);
      double y = axes.y(values.get(i));
      if (i > 0) {
        axes.canvas()
            .paint(Region.line(axes.x(i - 1, count), axes.y(values.get(i - 1)), x, y, 2), ink);
      }
      axes.canvas().paint(Region.disc(x, y, 3), ink);
    }
  }

  private static Quiz.Item higher(Draw draw, Series series, List<Integer> other, List<Ink> inks) {
    int i = draw.below(other.size());
    boolean more = draw.chance(0.6);
    boolean first = series.values().get(i) > other.get(i) == more;
    List<String> names = List.of(inks.get(0).name(), inks.get(1).name());
    String best = names.get(first ? 0 : 1);
    List<String> shuffled = draw.shuffled(names);
    String word = more ? "higher" : "lower";
    return Quiz.choice(
        "Which line is %s at %s, the %s or the %s one?"
            .formatted(word, series.names().get(i), shuffled.get(0), shuffled.get(1)),
        best,
        names,
        "The %s line is %s.".formatted(best, word));
  }

  private static Quiz.Item course(Draw draw, Series series, String line) {
    List<Integer> values = series.values();
    boolean rises = values.equals(values.stream().sorted().toList());
    boolean falls = values.equals(values.stream().sorted().toList().reversed());
    String course = rises ? "rising" : falls ? "falling" : "neither";
    return Quiz.choice(
        draw.of(
                "Is %s rising, falling or neither?",
                "Does it only go one way: is %s rising, falling, or neither?")
            .formatted(line),
        course,
        List.of("rising", "falling", "neither"),
        "It is %s.".formatted(course));
  }
}
