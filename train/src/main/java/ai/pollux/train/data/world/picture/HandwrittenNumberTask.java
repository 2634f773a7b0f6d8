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

/** Two to four handwritten digits side by side, as one number. */
record HandwrittenNumberTask(DigitImages digits) implements Task {
  @Override
  public String name() {
    return "picture.number";
  }

  @Override
  public Problem pose(Draw draw) {
    List<RgbImage> images = new ArrayList<>();
    StringBuilder number = new StringBuilder();
    for (int i = draw.between(2, 4); i > 0; i--) {
      int digit = draw.below(10);
      number.append(digit);
      images.add(digits.image(draw, digit));
    }
    String text = number.toString();
    RgbImage row = Handwriting.row(images);
    return Quiz.of(
        draw,
        name(),
        List.of(new Medium.Picture(row)),
        List.of(
            new Quiz.Item(
                draw.of(
                    "Which number is written here?",
                    "Read the digits from left to right.",
                    "What number do these digits make?"),
                new Answer.Exact(text),
                "")));
  }
}
