package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wordlist;

/** Words as rows of letters. */
final class Letters {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Letters() {}

  private static String random(Draw draw, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(draw.below(alphabet.length())));
    }
    return text.toString();
  }

  private static String word(Draw draw) {
    return draw.fresh(
        () ->
            draw.chance(0.6)
                ? draw.one(Wordlist.ALL)
                : random(
                    draw,
                    draw.of(LETTERS, LETTERS, "0123456789", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"),
                    draw.between(3, 8)),
        word -> word);
  }

  static Quiz.Item copy(Draw draw) {
    String text =
        draw.fresh(
            () -> {
              StringBuilder all = new StringBuilder();
              for (int i = draw.between(1, 4); i > 0; i--) {
                all.append(
                    draw.chance(0.5)
                        ? draw.one(Wordlist.ALL)
                        : random(draw, LETTERS + "0123456789", draw.between(2, 8)));
                all.append(i > 1 ? " " : "");
              }
              return all.toString();
            },
            all -> all);
    return new Quiz.Item(
        draw.of("Repeat: ", "Say this: ", "Copy this text exactly: ", "Echo: ") + text,
        new Answer.Exact(text),
        "");
  }

  static Quiz.Item reverse(Draw draw) {
    String word = word(draw);
    String turned = new StringBuilder(word).reverse().toString();
    return new Quiz.Item(
        draw.of("Write \"%s\" backwards.", "Reverse the letters of %s.", "Spell %s backwards.")
            .formatted(word),
        new Answer.Exact(turned),
        "\"%s\" backwards is \"%s\".".formatted(word, turned));
  }

  static Quiz.Item count(Draw draw) {
    String word = word(draw);
    if (draw.chance(0.4)) {
      return Quiz.number(
          draw.of("How many characters are in \"%s\"?", "How long is the word \"%s\"?")
              .formatted(word),
          word.length(),
          "\"%s\" has %d characters.".formatted(word, word.length()));
    }
    char letter =
        draw.chance(0.8) ? word.charAt(draw.below(word.length())) : LETTERS.charAt(draw.below(26));
    int count = (int) word.chars().filter(c -> c == letter).count();
    return Quiz.number(
        draw.of(
                "How many times is %s in \"%s\"?",
                "Count the letter %s in \"%s\".", "How many %s are there in \"%s\"?")
            .formatted(letter, word),
        count,
        "%s is in \"%s\" %s.".formatted(letter, word, count == 1 ? "1 time" : count + " times"));
  }

  static Quiz.Item alphabet(Draw draw) {
    if (draw.chance(0.4)) {
      int place = draw.fresh(() -> draw.below(25), i -> "after " + LETTERS.charAt(i));
      String next = LETTERS.substring(place + 1, place + 2);
      String letter = LETTERS.substring(place, place + 1);
      boolean after = draw.chance(0.5);
      return new Quiz.Item(
          "Which letter comes %s %s?".formatted(after ? "after" : "before", after ? letter : next),
          new Answer.Exact(after ? next : letter),
          "");
    }
    String word = word(draw);
    int place = draw.below(Math.min(4, word.length()));
    boolean last = draw.chance(0.25);
    String letter = last ? word.substring(word.length() - 1) : word.substring(place, place + 1);
    String which = last ? "last" : new String[] {"first", "second", "third", "fourth"}[place];
    return new Quiz.Item(
        "What is the %s letter of \"%s\"?"
            .formatted(which, word)
            .replace("letter", Character.isDigit(letter.charAt(0)) ? "character" : "letter"),
        new Answer.Exact(letter),
        "The %s one is \"%s\".".formatted(which, letter));
  }
}
