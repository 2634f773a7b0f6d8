package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.ArrayList;
import java.util.List;

/** One handwritten digit. */
record HandwritingTask(DigitImages digits) implements Task {
  @Override
  public String name() {
    return "picture.digit";
  }

  @Override
  public Problem pose(Draw draw) {
    int digit = draw.below(10);
    Medium picture = new Medium.Picture(Handwriting.varied(digits.image(draw, digit), draw));
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        Quiz.number(
            draw.of(
                PictureTasks.DIGIT,
                "What digit is in the picture?",
                "Which number is written here?",
                "Read the handwritten digit."),
            digit,
            "It is a %d.".formatted(digit)));
    if (draw.chance(0.2)) {
      items.add(
          Quiz.choice(
              "Is it even or odd?",
              digit % 2 == 0 ? "even" : "odd",
              List.of("even", "odd"),
              "%d is %s.".formatted(digit, digit % 2 == 0 ? "even" : "odd")));
    } else if (draw.chance(0.2)) {
      int other = draw.below(10);
      items.add(
          Quiz.yesNo(
              "Is it more than %d?".formatted(other),
              digit > other,
              "%d is more than %d.".formatted(digit, other),
              "%d is not more than %d.".formatted(digit, other)));
    }
    return Quiz.of(draw, name(), List.of(picture), items);
  }
}
