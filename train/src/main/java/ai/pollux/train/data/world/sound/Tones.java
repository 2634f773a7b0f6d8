package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tones, and what is heard of them. */
final class Tones {
  private Tones() {}

  /** A sound with its questions. */
  record Heard(Track track, List<Quiz.Item> items) {}

  private record Beeps(int count, int halfTones, int length, int gap) {}

  static Heard beeps(Draw draw) {
    Beeps beeps =
        draw.fresh(
            () ->
                new Beeps(
                    draw.between(1, 6),
                    draw.between(0, 24),
                    draw.between(6, 12),
                    draw.between(10, 20)),
            Beeps::toString);
    Track track = start(draw);
    Voice voice = Voice.draw(draw);
    add(
        track,
        beeps.count,
        beeps.length / 100.0,
        beeps.gap / 100.0,
        Voice.hz(beeps.halfTones),
        voice);
    return heard(
        track,
        draw,
        Quiz.number(
            draw.of(
                "How many beeps do you hear?",
                "Count the beeps.",
                "How many tones are there?",
                "How often does it beep?"),
            beeps.count,
            "I hear %s.".formatted(Wording.count(beeps.count, "beep"))));
  }

  static void add(Track track, int count, double length, double gap, double hz, Voice voice) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        track.silence(gap);
      }
      track.tone(length, hz, voice);
    }
  }

  private record Pair(int first, int second, int length, int gap) {}

  static Heard pitch(Draw draw) {
    Pair pair =
        draw.fresh(
            () -> {
              int first = draw.between(0, 24);
              int step = draw.between(2, 12);
              return new Pair(
                  first,
                  draw.chance(0.5) ? first + step : first - step,
                  draw.between(20, 50),
                  draw.between(10, 30));
            },
            Pair::toString);
    Voice voice = Voice.draw(draw);
    Track track = start(draw);
    track.tone(pair.length / 100.0, Voice.hz(pair.first), voice).silence(pair.gap / 100.0);
    track.tone(pair.length / 100.0, Voice.hz(pair.second), voice);
    boolean up = pair.second > pair.first;
    String word = up ? "higher" : "lower";
    if (draw.chance(0.6)) {
      return heard(
          track,
          draw,
          Quiz.choice(
              draw.of(
                  "Is the second tone higher or lower than the first?",
                  "Does the pitch go higher or lower?"),
              word,
              List.of("higher", "lower"),
              "The second tone is %s.".formatted(word)));
    }
    boolean high = draw.chance(0.5);
    String which = high == up ? "second" : "first";
    return heard(
        track,
        draw,
        Quiz.choice(
            "Which tone is %s, the first or the second?".formatted(high ? "higher" : "lower"),
            which,
            List.of("first", "second"),
            "The %s tone is %s.".formatted(which, high ? "higher" : "lower")));
  }

  private record Glide(int from, int step, int length, boolean loud) {}

  /** One tone that changes: its pitch or its loudness. */
  static Heard glide(Draw draw) {
    Glide glide =
        draw.fresh(
            () ->
                new Glide(
                    draw.between(3, 20),
                    draw.of(-1, 0, 1) * draw.between(4, 12),
                    draw.between(50, 120),
                    draw.chance(0.35)),
            Glide::toString);
    Voice voice = Voice.draw(draw);
    Track track = start(draw);
    double seconds = glide.length / 100.0;
    int way = Integer.signum(glide.step);
    if (glide.loud) {
      double loud = 0.5;
      double soft = 0.06;
      double from = way == 0 ? 0.3 : way > 0 ? soft : loud;
      double to = way == 0 ? 0.3 : way > 0 ? loud : soft;
      track.tone(seconds, Voice.hz(glide.from), Voice.hz(glide.from), voice, from, to);
      return change(
          draw,
          track,
          "Does the tone get louder, softer or neither?",
          List.of("louder", "softer", "neither"),
          way);
    }
    track.tone(
        seconds,
        Voice.hz(glide.from),
        Voice.hz(glide.from + glide.step),
        voice,
        voice.gain(),
        voice.gain());
    return change(
        draw,
        track,
        draw.of(
            "Is the tone rising, falling or steady?",
            "Does the pitch change: rising, falling or steady?"),
        List.of("rising", "falling", "steady"),
        way);
  }

  private static Heard change(
      Draw draw, Track track, String question, List<String> words, int way) {
    String word = words.get(way > 0 ? 0 : way < 0 ? 1 : 2);
    return heard(
        track, draw, Quiz.choice(question, word, words, "The answer is: %s.".formatted(word)));
  }

  private record Pattern(String kind, List<Boolean> marks, int halfTones) {}

  /** A row of long and short, or of high and low tones. */
  static Heard pattern(Draw draw) {
    Pattern pattern =
        draw.fresh(
            () -> {
              List<Boolean> marks = new ArrayList<>();
              for (int i = draw.between(2, 4); i > 0; i--) {
                marks.add(draw.chance(0.5));
              }
              return new Pattern(draw.of("length", "pitch"), marks, draw.between(0, 12));
            },
            Pattern::toString);
    boolean lengths = pattern.kind.equals("length");
    Voice voice = Voice.draw(draw);
    Track track = start(draw);
    for (boolean mark : pattern.marks) {
      double seconds = lengths ? (mark ? 0.32 : 0.09) : 0.18;
      track
          .tone(seconds, Voice.hz(pattern.halfTones + (!lengths && mark ? 12 : 0)), voice)
          .silence(0.12);
    }
    String yes = lengths ? "long" : "high";
    String no = lengths ? "short" : "low";
    String words =
        pattern.marks.stream().map(mark -> mark ? yes : no).collect(Collectors.joining(" "));
    int count = (int) pattern.marks.stream().filter(mark -> mark).count();
    Quiz.Item order =
        Quiz.choice(
            draw.of(
                    "Which tones are %s and which %s? Say it in order.",
                    "Write the pattern with \"%s\" and \"%s\".")
                .formatted(yes, no),
            words,
            List.of(yes, no),
            "");
    Quiz.Item number =
        Quiz.number(
            "How many %s tones are there?".formatted(yes),
            count,
            "There %s %d %s tones.".formatted(Wording.be(count), count, yes));
    return draw.chance(0.6)
        ? heard(track, draw, order)
        : draw.chance(0.5) ? heard(track, draw, number) : heard(track, draw, number, order);
  }

  private record Order(List<String> events, int halfTones, int length) {}

  /** A beep, noise and a glide in some order. */
  static Heard order(Draw draw) {
    Order order =
        draw.fresh(
            () ->
                new Order(
                    draw.some(List.of("beep", "noise", "siren"), draw.between(2, 3)),
                    draw.between(6, 24),
                    draw.between(15, 30)),
            Order::toString);
    Voice voice = Voice.draw(draw);
    Track track = start(draw);
    double seconds = order.length / 100.0;
    double hz = Voice.hz(order.halfTones);
    for (String event : order.events) {
      switch (event) {
        case "beep" -> track.tone(seconds, hz, voice);
        case "noise" -> track.hiss(seconds, 0.25, draw);
        default -> {
          track.tone(seconds / 2, hz, hz * 2, voice, voice.gain(), voice.gain());
          track.tone(seconds / 2, hz * 2, hz, voice, voice.gain(), voice.gain());
        }
      }
      track.silence(0.15);
    }
    boolean first = draw.chance(0.5);
    String word = first ? order.events.getFirst() : order.events.getLast();
    List<String> names = order.events.stream().sorted().toList();
    return heard(
        track,
        draw,
        Quiz.choice(
            "Which comes %s: %s?".formatted(first ? "first" : "last", String.join(" or ", names)),
            word,
            names,
            "The %s comes %s.".formatted(word, first ? "first" : "last")));
  }

  private static Track start(Draw draw) {
    return new Track().silence(draw.uniform(0.02, 0.2));
  }

  private static Heard heard(Track track, Draw draw, Quiz.Item... items) {
    track.silence(draw.uniform(0.02, 0.2));
    if (draw.chance(0.5)) {
      track.noise(draw.uniform(0.001, 0.02), draw);
    }
    return new Heard(track, List.of(items));
  }
}
