package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * True or false of three boxes, several claims about each picture. The first claim is made before
 * its boxes, so that a sentence is as often true as it is false.
 */
record BoxTask() implements Task {
  private static final int TRIES = 300;
  private static final List<String> FORMS =
      List.of(
          SceneTasks.CLAIM,
          SceneTasks.CLAIM,
          "Is this true or false? %s",
          "%s True or false?",
          "Is the sentence true of the picture? %s");

  @Override
  public String name() {
    return "picture.boxes";
  }

  @Override
  public Problem pose(Draw draw) {
    boolean towers = draw.chance(0.6);
    while (true) {
      Claim claim = claim(draw, towers);
      boolean wanted = draw.chance(0.5);
      Optional<Boxes> boxes = boxes(draw, towers, claim, wanted);
      if (boxes.isPresent()) {
        return problem(draw, boxes.get(), claim, draw.between(2, 5));
      }
    }
  }

  private static Claim claim(Draw draw, boolean towers) {
    return towers ? new TowerClaims(draw).any() : new ItemClaims(draw).any();
  }

  private static Optional<Boxes> boxes(Draw draw, boolean towers, Claim claim, boolean wanted) {
    for (int i = 0; i < TRIES; i++) {
      Boxes boxes = draw.fresh(() -> Boxes.of(draw, towers), Boxes::content);
      if (claim.isClearly(wanted, boxes)) {
        return Optional.of(boxes);
      }
    }
    return Optional.empty();
  }

  private Problem problem(Draw draw, Boxes boxes, Claim first, int count) {
    List<Claim> claims = new ArrayList<>(List.of(first));
    for (int i = 0; i < TRIES && claims.size() < count; i++) {
      Claim claim = claim(draw, boxes.areTowers());
      boolean wanted = draw.chance(0.5);
      if (claim.isClearly(wanted, boxes)
          && claims.stream().noneMatch(other -> other.text().equals(claim.text()))) {
        claims.add(claim);
      }
    }
    String form = draw.one(FORMS);
    List<Quiz.Item> items = claims.stream().map(claim -> item(draw, form, claim, boxes)).toList();
    return Quiz.of(draw, name(), List.of(new Medium.Picture(boxes.image())), items);
  }

  private static Quiz.Item item(Draw draw, String form, Claim claim, Boxes boxes) {
    boolean holds = claim.holds().test(boxes);
    return new Quiz.Item(
        form.formatted(careless(draw, claim.text())),
        new Answer.Choice(String.valueOf(holds), Wording.TRUE_FALSE),
        holds ? "The sentence is true." : "The sentence is false.");
  }

  /** As people type. */
  private static String careless(Draw draw, String text) {
    String typed = draw.chance(0.25) ? text.toLowerCase(Locale.ROOT) : text;
    typed = draw.chance(0.1) ? typed.replace("color", "colour") : typed;
    return draw.chance(0.7) ? typed + "." : typed;
  }
}
