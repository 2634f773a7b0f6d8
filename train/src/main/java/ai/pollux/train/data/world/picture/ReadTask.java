package ai.pollux.train.data.world.picture;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import ai.pollux.train.data.world.draw.Canvas;
import ai.pollux.train.data.world.draw.Distortion;
import ai.pollux.train.data.world.draw.Ink;
import ai.pollux.train.data.world.draw.Lettering;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text of up to eight characters in one of many faces, on 192 x 48 or 96 x 96 pixels (64 tokens):
 * words, numbers and strings that mean nothing.
 */
record ReadTask(List<Typeface> faces) implements Task {
  static final int MOST = 8;
  private static final String CAPITALS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789";
  private static final String SMALLS = "abcdefghijkmnopqrstuvwxyz23456789";

  /** Letters whose two cases differ in more than size. */
  private static final String CLEAR = "abdefghijklmnqrtyABDEFGHIJKLMNQRTY";

  @Override
  public String name() {
    return "picture.read";
  }

  @Override
  public Problem pose(Draw draw) {
    String text = draw.fresh(() -> text(draw), all -> all.toLowerCase(Locale.ROOT));
    RgbImage image = Distortion.some(image(draw, text), draw);
    List<Quiz.Item> items = new ArrayList<>();
    items.add(
        new Quiz.Item(
            draw.of(
                "Read the text.",
                "What does it say?",
                "What is written here?",
                "Which text is in the picture?",
                "Transcribe the text."),
            new Answer.Exact(text),
            "It says \"%s\".".formatted(text)));
    if (draw.chance(0.2)) {
      items.add(
          Quiz.number(
              "How many characters does it have?",
              text.length(),
              "It has %s.".formatted(Wording.count(text.length(), "character"))));
    }
    // A sentence around the text would be right to a reader, but is no transcript.
    return Quiz.of(draw, name(), List.of(new Medium.Picture(image)), bare(items));
  }

  private static List<Quiz.Item> bare(List<Quiz.Item> items) {
    return items.stream().map(item -> new Quiz.Item(item.question(), item.answer(), "")).toList();
  }

  /** A text of which one can see whether it is in capitals. */
  static String text(Draw draw) {
    return draw.until(
        () -> any(draw),
        text ->
            text.chars().allMatch(Character::isDigit)
                || text.chars().anyMatch(letter -> CLEAR.indexOf(letter) >= 0),
        100);
  }

  /** A word in one of three cases, a number, or anything. */
  private static String any(Draw draw) {
    double kind = draw.uniform(0, 1);
    if (kind < 0.4) {
      String word = draw.until(() -> draw.one(Wordlist.ALL), any -> any.length() <= MOST, 100);
      return draw.of(word, word.toUpperCase(Locale.ROOT), Wording.capital(word));
    }
    if (kind < 0.6) {
      StringBuilder digits = new StringBuilder();
      for (int i = draw.between(1, 6); i > 0; i--) {
        digits.append(draw.below(10));
      }
      return digits.toString();
    }
    StringBuilder signs = new StringBuilder();
    String alphabet = draw.of(CAPITALS, SMALLS);
    for (int i = draw.between(1, MOST); i > 0; i--) {
      signs.append(alphabet.charAt(draw.below(alphabet.length())));
    }
    return signs.toString();
  }

  private RgbImage image(Draw draw, String text) {
    boolean wide = text.length() > 5 || draw.chance(0.6);
    Canvas canvas =
        wide ? new Canvas(192, 48, Ink.ground(draw)) : new Canvas(96, 96, Ink.ground(draw));
    boolean dark = draw.chance(0.25);
    if (dark) {
      canvas.fill(0, 0, canvas.width(), canvas.height(), new Ink("dark", 0x303030).near(draw, 40));
    }
    double angle = draw.chance(0.5) ? 0 : draw.uniform(-0.12, 0.12);
    double shear = draw.chance(0.6) ? 0 : draw.uniform(-0.25, 0.25);
    Lettering one = new Lettering(draw.one(faces), 1, angle, shear, draw.uniform(1, 1.15));
    double room = (canvas.width() - 8) / one.width(text);
    double most = Math.min(room, Math.abs(angle) > 0.05 && wide ? 22 : 34);
    double size = draw.uniform(Math.min(13, most), most);
    double slack = Math.max(0, (canvas.width() - 8 - one.width(text) * size) / 2);
    double drop =
        Math.max(
            0, canvas.height() / 2.0 - size * 0.8 - Math.abs(angle) * one.width(text) * size / 2);
    Ink ink =
        dark ? new Ink("light", 0xE8E8E8).near(draw, 23) : new Ink("dark", 0x202020).near(draw, 32);
    if (draw.chance(0.3)) {
      Ink bright = draw.one(Ink.BRIGHT);
      ink = dark || bright.name().equals("yellow") || bright.name().equals("pink") ? ink : bright;
    }
    new Lettering(one.face(), size, angle, shear, one.spacing())
        .center(
            canvas,
            text,
            canvas.width() / 2.0 + draw.uniform(-slack, slack),
            canvas.height() / 2.0 + draw.uniform(-drop, drop),
            ink);
    return canvas.image();
  }
}
