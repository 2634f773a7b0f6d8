package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
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

/** A clock with two hands, to five minutes. */
record ClockTask(List<Typeface> faces) implements Task {
  private static final double RADIUS = 42;
  private static final int MIDDLE = 48;

  @Override
  public String name() {
    return "picture.clock";
  }

  private record Time(int hour, int minute) {
    @Override
    public String toString() {
      return "%d:%02d".formatted(hour, minute);
    }
  }

  @Override
  public Problem pose(Draw draw) {
    Time time =
        draw.fresh(() -> new Time(draw.between(1, 12), 5 * draw.below(12)), any -> "hands " + any);
    Medium picture = new Medium.Picture(canvas(draw, time).image());
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        new Quiz.Item(
            draw.of("What time is it?", "Which time does the clock show?", "Read the clock."),
            new Answer.Choice(time.toString(), List.of()),
            "It is %s.".formatted(time)));
    if (draw.chance(0.4)) {
      int later = (time.hour + draw.between(1, 3) - 1) % 12 + 1;
      int hours = Math.floorMod(later - time.hour, 12);
      items.add(
          new Quiz.Item(
              "What time will it be in %d hour%s?".formatted(hours, hours == 1 ? "" : "s"),
              new Answer.Choice(new Time(later, time.minute).toString(), List.of()),
              "It will be %s.".formatted(new Time(later, time.minute))));
    }
    return Quiz.of(draw, name(), List.of(picture), items);
  }

  private Canvas canvas(Draw draw, Time time) {
    Canvas canvas = new Canvas(2 * MIDDLE, 2 * MIDDLE, Ink.ground(draw));
    canvas.paint(Region.disc(MIDDLE, MIDDLE, RADIUS + 3), Ink.gray(draw.between(30, 120)));
    canvas.paint(Region.disc(MIDDLE, MIDDLE, RADIUS), Ink.gray(draw.between(240, 255)));
    boolean numbered = draw.chance(0.6);
    Lettering small = new Lettering(faces.get(draw.of(0, 4, 5, 11)), 12);
    for (int i = 1; i <= 12; i++) {
      if (numbered && (i % 3 == 0)) {
        small.center(canvas, String.valueOf(i), x(i / 12.0, 34), y(i / 12.0, 34), Ink.BLACK);
      } else {
        hand(canvas, i / 12.0, 37, 41, i % 3 == 0 ? 3 : 1.5, Ink.gray(60));
      }
    }
    double hour = (time.hour % 12 + time.minute / 60.0) / 12;
    Ink ink = draw.chance(0.7) ? Ink.BLACK : new Ink("blue", 0x2040A0);
    hand(canvas, hour, -3, 20, 5, ink);
    hand(
        canvas, time.minute / 60.0, -3, 34, 2.5, draw.chance(0.3) ? new Ink("red", 0xD02020) : ink);
    canvas.paint(Region.disc(MIDDLE, MIDDLE, 3), ink);
    return canvas;
  }

  private static void hand(
      Canvas canvas, double turn, double from, double to, double width, Ink ink) {
    canvas.paint(Region.line(x(turn, from), y(turn, from), x(turn, to), y(turn, to), width), ink);
  }

  private static double x(double turn, double radius) {
    return MIDDLE + radius * StrictMath.sin(2 * StrictMath.PI * turn);
  }

  private static double y(double turn, double radius) {
    return MIDDLE - radius * StrictMath.cos(2 * StrictMath.PI * turn);
  }
}
