package ai.pollux.train.data.world.picture;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.ArrayList;
import java.util.List;

/** Four or nine handwritten digits in rows: as many labels for the price of one picture. */
record HandwrittenGridTask(DigitImages digits) implements Task {
  @Override
  public String name() {
    return "picture.grid";
  }

  @Override
  public Problem pose(Draw draw) {
    int side = draw.between(2, 3);
    List<RgbImage> rows = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int r = 0; r < side; r++) {
      List<RgbImage> images = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      for (int c = 0; c < side; c++) {
        int digit = draw.below(10);
        word.append(digit);
        images.add(Handwriting.varied(digits.image(draw, digit), draw));
      }
      rows.add(Handwriting.row(images));
      words.add(word.toString());
    }
    Quiz.Item item =
        new Quiz.Item(
            draw.of("Read the digits row by row.", "Which digits are in each row?"),
            new Answer.Exact(String.join(" ", words)),
            "");
    return Quiz.of(
        draw, name(), List.of(new Medium.Picture(Handwriting.column(rows))), List.of(item));
  }
}
