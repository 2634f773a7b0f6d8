package ai.pollux.train.data.world.picture;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.List;

/** Two handwritten digits, in one picture or two: their sum, their difference, the larger one. */
record HandwrittenSumTask(DigitImages digits) implements Task {
  @Override
  public String name() {
    return "picture.digitsum";
  }

  @Override
  public Problem pose(Draw draw) {
    boolean alike = draw.chance(0.3); // whether it is asked if they are the same
    int a = draw.below(10);
    int b = alike && draw.chance(0.45) ? a : draw.below(10);
    RgbImage first = digits.image(draw, a);
    RgbImage second = digits.image(draw, b);
    List<Medium> media =
        draw.chance(0.6)
            ? List.of(new Medium.Picture(Handwriting.row(List.of(first, second))))
            : List.of(new Medium.Picture(first), new Medium.Picture(second));
    Quiz.Item sum =
        Quiz.number(
            draw.of(
                "What is the sum of the two digits?",
                "Add the two digits.",
                "How much are they together?"),
            a + b,
            "%d + %d = %d.".formatted(a, b, a + b));
    Quiz.Item other =
        alike || a == b
            ? Quiz.yesNo(
                "Are the two digits the same?",
                a == b,
                "both are %d.".formatted(a),
                "they are %d and %d.".formatted(a, b))
            : Quiz.number(
                "Which digit is larger?",
                Math.max(a, b),
                "%d is larger.".formatted(Math.max(a, b)));
    return Quiz.of(
        draw, name(), media, alike || draw.chance(0.3) ? List.of(sum, other) : List.of(sum));
  }
}
