package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.ArrayList;
import java.util.List;

/** Tasks with spoken digits. */
final class SpeechTasks {
  private SpeechTasks() {}

  /** One digit. */
  record One(SpokenDigits digits) implements Task {
    @Override
    public String name() {
      return "sound.digit";
    }

    @Override
    public Problem pose(Draw draw) {
      int digit = draw.below(10);
      List<Quiz.Item> items = new ArrayList<>();
      items.add(
          Quiz.number(
              draw.of(
                  SoundTasks.DIGIT,
                  "What digit do you hear?",
                  "Which number does the voice say?",
                  "Transcribe the spoken digit."),
              digit,
              "The voice says %d.".formatted(digit)));
      if (draw.chance(0.25)) {
        int add = draw.between(1, 9);
        items.add(
            Quiz.number(
                "What is that plus %d?".formatted(add),
                digit + add,
                "%d + %d = %d.".formatted(digit, add, digit + add)));
      }
      return Quiz.of(draw, name(), List.of(digits.sound(draw, digit)), items);
    }
  }

  /** Two to four digits in a row. */
  record Row(SpokenDigits digits) implements Task {
    @Override
    public String name() {
      return "sound.digits";
    }

    @Override
    public Problem pose(Draw draw) {
      List<SpokenDigits.Clip> clips = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      String speaker = draw.one(digits.speakers(draw));
      boolean same = draw.chance(0.6);
      for (int i = draw.between(2, 4); i > 0; i--) {
        SpokenDigits.Clip clip =
            same ? digits.clip(draw, speaker) : digits.clip(draw, draw.below(10));
        text.append(clip.digit());
        clips.add(clip);
      }
      List<Quiz.Item> items = new ArrayList<>();
      items.add(
          new Quiz.Item(
              draw.of(
                  "Which digits are spoken?",
                  "Write down the digits you hear.",
                  "Transcribe the spoken number."),
              new Answer.Exact(text.toString()),
              ""));
      if (draw.chance(0.35)) {
        items.add(more(draw, text.toString()));
      }
      return Quiz.of(draw, name(), List.of(SpokenDigits.varied(draw, clips)), items);
    }

    private static Quiz.Item more(Draw draw, String text) {
      int sum = text.chars().map(c -> c - '0').sum();
      return switch (draw.below(3)) {
        case 0 -> Quiz.number("How many digits are spoken?", text.length(), "");
        case 1 -> Quiz.number("What is the last digit?", text.charAt(text.length() - 1) - '0', "");
        default -> Quiz.number("What is the sum of the digits?", sum, "");
      };
    }
  }

  /** Two recordings: one speaker or two. */
  record Speakers(SpokenDigits digits) implements Task {
    @Override
    public String name() {
      return "sound.speaker";
    }

    @Override
    public Problem pose(Draw draw) {
      List<String> two = draw.some(digits.speakers(draw), 2);
      boolean same = draw.chance(0.5);
      SpokenDigits.Clip first = digits.clip(draw, two.getFirst());
      boolean alike = draw.chance(0.4);
      String other = two.get(same ? 0 : 1);
      SpokenDigits.Clip second =
          draw.until(
              () -> digits.clip(draw, other),
              clip -> (clip.digit() == first.digit()) == alike && !clip.equals(first),
              100);
      List<SpokenDigits.Clip> clips = List.of(first, second);
      int a = clips.getFirst().digit();
      int b = clips.getLast().digit();
      List<Quiz.Item> items = new ArrayList<>();
      items.add(
          Quiz.yesNo(
              draw.of(
                  "Do both digits come from the same speaker?", "Is it the same voice both times?"),
              same,
              "it is the same voice.",
              "they are two voices."));
      if (draw.chance(0.4)) {
        items.add(
            Quiz.yesNo(
                "Is the same digit said twice?",
                a == b,
                "both are %d.".formatted(a),
                "they are %d and %d.".formatted(a, b)));
      }
      return Quiz.of(draw, name(), List.of(SpokenDigits.varied(draw, clips)), items);
    }
  }
}
