package ai.pollux.train.data.world.mixed;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.picture.DigitImages;
import ai.pollux.train.data.world.picture.Handwriting;
import ai.pollux.train.data.world.scene.Counted;
import ai.pollux.train.data.world.sound.SoundTasks;
import ai.pollux.train.data.world.sound.SpokenDigits;
import java.util.ArrayList;
import java.util.List;

/** All of them. */
public final class MixedTasks {
  /** The plainest question about a drawn and a spoken digit. */
  public static final String SAME = "Is the spoken digit the one in the picture?";

  private MixedTasks() {}

  /** Those that need no source, with their shares. */
  public static List<World.Share> all() {
    return List.of(new World.Share(new Beeps(), 0.8));
  }

  /** Those with handwritten and spoken digits. */
  public static List<World.Share> digits(DigitImages written, SpokenDigits spoken) {
    return List.of(
        new World.Share(new Same(written, spoken), 2),
        new World.Share(new Named(written, spoken), 1),
        new World.Share(new Sum(written, spoken), 1),
        new World.Share(new Said(spoken), 0.6));
  }

  private static Medium.Picture picture(DigitImages written, Draw draw, int digit) {
    RgbImage image = written.image(draw, digit);
    return new Medium.Picture(Handwriting.varied(image, draw));
  }

  /** Another digit than this. */
  private static int other(Draw draw, int digit) {
    return (digit + draw.between(1, 9)) % 10;
  }

  private static List<Medium> ordered(Draw draw, Medium picture, Medium sound) {
    return draw.chance(0.8) ? List.of(picture, sound) : List.of(sound, picture);
  }

  /** Is the spoken digit the drawn one? */
  private record Same(DigitImages written, SpokenDigits spoken) implements Task {
    @Override
    public String name() {
      return "mixed.same";
    }

    @Override
    public Problem pose(Draw draw) {
      boolean same = draw.chance(0.5);
      int drawn = draw.below(10);
      int said = same ? drawn : other(draw, drawn);
      List<Quiz.Item> items = new ArrayList<>();
      items.add(
          Quiz.yesNo(
              draw.of(
                  SAME,
                  "Do the picture and the voice give the same digit?",
                  "Does the voice say the digit that is drawn?"),
              same,
              "both are %d.".formatted(drawn),
              "the picture shows %d and the voice says %d.".formatted(drawn, said)));
      if (draw.chance(0.5)) {
        items.add(
            Quiz.number("Which digit is in the picture?", drawn, "It is a %d.".formatted(drawn)));
        items.add(
            Quiz.number("Which digit is spoken?", said, "The voice says %d.".formatted(said)));
      }
      return Quiz.of(
          draw,
          name(),
          ordered(draw, picture(written, draw, drawn), spoken.sound(draw, said)),
          items);
    }
  }

  /** Which picture did the voice name? */
  private record Named(DigitImages written, SpokenDigits spoken) implements Task {
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth");

    @Override
    public String name() {
      return "mixed.named";
    }

    @Override
    public Problem pose(Draw draw) {
      int count = draw.between(2, 3);
      List<Integer> digits = draw.some(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), count);
      int place = draw.below(count);
      List<Medium> media = new ArrayList<>();
      digits.forEach(digit -> media.add(picture(written, draw, digit)));
      media.add(spoken.sound(draw, digits.get(place)));
      String word = PLACES.get(place);
      return Quiz.of(
          draw,
          name(),
          media,
          List.of(
              Quiz.choice(
                  draw.of(
                      "Which picture shows the spoken digit?",
                      "Which picture does the voice name?",
                      "The voice says one of these digits. Which picture is it?"),
                  word,
                  PLACES,
                  "It is the %s picture.".formatted(word))));
    }
  }

  /** What a voice says and a hand wrote, added. */
  private record Sum(DigitImages written, SpokenDigits spoken) implements Task {
    @Override
    public String name() {
      return "mixed.sum";
    }

    @Override
    public Problem pose(Draw draw) {
      int drawn = draw.below(10);
      int said = draw.below(10);
      Quiz.Item sum =
          Quiz.number(
              draw.of(
                  "What is the sum of the spoken and the written digit?",
                  "Add the digit you hear and the digit you see.",
                  "How much are the digit in the picture and the spoken one together?"),
              drawn + said,
              "%d + %d = %d.".formatted(drawn, said, drawn + said));
      Quiz.Item larger =
          Quiz.choice(
              "Which digit is larger, the spoken or the written one?",
              said > drawn ? "spoken" : "written",
              List.of("spoken", "written"),
              "The %s one is larger.".formatted(said > drawn ? "spoken" : "written"));
      boolean two = said != drawn && draw.chance(0.4);
      return Quiz.of(
          draw,
          name(),
          ordered(draw, picture(written, draw, drawn), spoken.sound(draw, said)),
          two ? List.of(sum, larger) : List.of(sum));
    }
  }

  /** Does a voice say how many there are? */
  private record Said(SpokenDigits spoken) implements Task {
    @Override
    public String name() {
      return "mixed.said";
    }

    @Override
    public Problem pose(Draw draw) {
      Counted counted = Counted.of(draw, 9);
      boolean right = draw.chance(0.5);
      int said = right ? counted.count() : other(draw, counted.count());
      return Quiz.of(
          draw,
          name(),
          ordered(draw, counted.picture(), spoken.sound(draw, said)),
          List.of(
              Quiz.yesNo(
                  draw.of(
                          "Does the voice say the number of %s?",
                          "Are there as many %s as the voice says?")
                      .formatted(counted.things()),
                  right,
                  "there are %d.".formatted(said),
                  "the voice says %d, but there are %d.".formatted(said, counted.count()))));
    }
  }

  /** As many beeps as shapes? */
  private record Beeps() implements Task {
    private static final int MOST = 6;

    @Override
    public String name() {
      return "mixed.beeps";
    }

    @Override
    public Problem pose(Draw draw) {
      Counted counted = Counted.of(draw, MOST);
      boolean right = draw.chance(0.5);
      int seen = counted.count();
      int heard = right ? seen : (seen - 1 + draw.between(1, MOST - 1)) % MOST + 1;
      List<Quiz.Item> items = new ArrayList<>();
      items.add(
          Quiz.yesNo(
              draw.of("Are there as many beeps as %s?", "Is the number of beeps the number of %s?")
                  .formatted(counted.things()),
              right,
              "there are %d of each.".formatted(seen),
              "there are %s and %d of those.".formatted(Wording.count(heard, "beep"), seen)));
      if (draw.chance(0.5)) {
        items.add(
            Quiz.number(
                "How many beeps do you hear?",
                heard,
                "I hear %s.".formatted(Wording.count(heard, "beep"))));
        items.add(
            Quiz.number(
                "How many %s are there?".formatted(counted.things()),
                seen,
                "There are %d.".formatted(seen)));
      }
      return Quiz.of(
          draw, name(), ordered(draw, counted.picture(), SoundTasks.beeps(draw, heard)), items);
    }
  }
}
