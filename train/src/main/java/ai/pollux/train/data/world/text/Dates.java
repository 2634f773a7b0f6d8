package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import java.time.LocalDate;
import java.util.List;

/** Days, months, dates, times of day. */
final class Dates {
  private Dates() {}

  static Quiz.Item item(Draw draw) {
    return switch (draw.below(3)) {
      case 0 -> turn(draw, Wordlist.DAYS, "day");
      case 1 -> turn(draw, Wordlist.MONTHS, "month");
      default -> iso(draw);
    };
  }

  private record Step(int from, int by) {}

  private static Quiz.Item turn(Draw draw, List<String> all, String unit) {
    int size = all.size();
    Step step =
        draw.fresh(
            () -> new Step(draw.below(size), draw.of(-1, 1) * draw.between(1, size - 1)),
            s -> unit + s.from + " " + Math.floorMod(s.by, size));
    String from = all.get(step.from);
    String to = all.get(Math.floorMod(step.from + step.by, size));
    String when =
        switch (step.by) {
          case 1 -> "comes after " + from;
          case -1 -> "comes before " + from;
          default ->
              "is %s %s %s"
                  .formatted(
                      Wording.count(Math.abs(step.by), unit),
                      step.by < 0 ? "before" : "after",
                      from);
        };
    return Quiz.choice("Which %s %s?".formatted(unit, when), to, all, "It is %s.".formatted(to));
  }

  private static Quiz.Item iso(Draw draw) {
    LocalDate date =
        draw.fresh(
            () -> LocalDate.of(draw.between(1950, 2049), 1, 1).plusDays(draw.below(365)),
            LocalDate::toString);
    String month = Wordlist.MONTHS.get(date.getMonthValue() - 1);
    String written =
        draw.of(
                "%2$s %1$d, %3$d",
                "%d %s %d", "the %dth of %s %d".replace("th", ordinal(date.getDayOfMonth())))
            .formatted(date.getDayOfMonth(), month, date.getYear());
    return switch (draw.below(3)) {
      case 0 ->
          Quiz.choice(
              draw.of("Write %s as YYYY-MM-DD.", "Give %s in the form YYYY-MM-DD.")
                  .formatted(written),
              date.toString(),
              List.of(),
              "It is %s.".formatted(date));
      case 1 ->
          Quiz.choice(
              "Which month is %s in?".formatted(date),
              month,
              Wordlist.MONTHS,
              "It is in %s.".formatted(month));
      default ->
          Quiz.number(
              "Which year is in \"%s\"?".formatted(written),
              date.getYear(),
              "It is %d.".formatted(date.getYear()));
    };
  }

  private static String ordinal(int day) {
    return switch (day % 10) {
      case 1 -> day == 11 ? "th" : "st";
      case 2 -> day == 12 ? "th" : "nd";
      case 3 -> day == 13 ? "th" : "rd";
      default -> "th";
    };
  }

  private record Clock(int hour, int minute) {
    @Override
    public String toString() {
      return "%d:%02d".formatted(hour, minute);
    }
  }

  /** Times in words, and what time it will be. */
  static Quiz.Item time(Draw draw) {
    Clock clock =
        draw.fresh(() -> new Clock(draw.between(1, 12), 5 * draw.below(12)), c -> "clock " + c);
    if (draw.chance(0.5)) {
      return time("Write in digits: %s.".formatted(spoken(clock)), clock.toString());
    }
    int minutes = 5 * draw.between(1, 12);
    int total = (clock.hour % 12 * 60 + clock.minute + minutes) % 720;
    Clock later = new Clock(total / 60 == 0 ? 12 : total / 60, total % 60);
    return time(
        draw.of(
                "It is %s. What time is it in %s?",
                "It is %s now. What will the clock say after %s?")
            .formatted(clock, Wording.count(minutes, "minute")),
        later.toString());
  }

  private static Quiz.Item time(String question, String time) {
    return new Quiz.Item(question, new Answer.Choice(time, List.of()), "It is %s.".formatted(time));
  }

  private static String spoken(Clock clock) {
    String hour = Wording.inWords(clock.hour);
    String next = Wording.inWords(clock.hour % 12 + 1);
    return switch (clock.minute) {
      case 0 -> hour + " o'clock";
      case 15 -> "quarter past " + hour;
      case 30 -> "half past " + hour;
      case 45 -> "quarter to " + next;
      default ->
          clock.minute < 30
              ? Wording.inWords(clock.minute) + " past " + hour
              : Wording.inWords(60 - clock.minute) + " to " + next;
    };
  }
}
