package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Distortion;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;

/** Two or three short lines, one under the other. */
record LinesTask(List<Typeface> faces) implements Task {
  private static final List<String> PLACES = List.of("first", "second", "third");

  @Override
  public String name() {
    return "picture.lines";
  }

  @Override
  public Problem pose(Draw draw) {
    int count = draw.between(2, 3);
    List<String> lines = draw.fresh(() -> lines(draw, count), all -> String.join("\n", all));
    Canvas canvas = new Canvas(96, 96, Ink.ground(draw));
    Typeface face = draw.one(faces);
    double widest =
        lines.stream().mapToDouble(line -> new Lettering(face, 1).width(line)).max().orElseThrow();
    double size = Math.min(draw.uniform(15, 24), 88 / widest);
    Lettering lettering = new Lettering(face, size);
    boolean centered = draw.chance(0.4);
    double step = 88.0 / count;
    for (int i = 0; i < count; i++) {
      double y = 4 + step * (i + 0.5);
      if (centered) {
        lettering.center(canvas, lines.get(i), 48, y, new Ink("dark", 0x202020));
      } else {
        lettering.left(canvas, lines.get(i), 5, y, new Ink("dark", 0x202020));
      }
    }
    Medium picture = new Medium.Picture(Distortion.some(canvas.image(), draw));
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        item(
            draw.of(
                "Read all lines.", "What is written here, line by line?", "Transcribe the text."),
            String.join("\n", lines)));
    int place = draw.below(count);
    items.add(item("What does the %s line say?".formatted(PLACES.get(place)), lines.get(place)));
    List<Quiz.Item> asked = draw.chance(0.5) ? items : List.of(draw.one(items));
    return Quiz.of(draw, name(), List.of(picture), asked);
  }

  private static Quiz.Item item(String question, String text) {
    return new Quiz.Item(question, new Answer.Exact(text), "");
  }

  private static List<String> lines(Draw draw, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(draw.until(() -> ReadTask.text(draw), text -> text.length() <= 7, 50));
    }
    return lines;
  }
}
