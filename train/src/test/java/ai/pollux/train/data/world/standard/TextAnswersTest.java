package ai.pollux.train.data.world.standard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.World;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers in words, found again from the words of the question alone. */
final class TextAnswersTest {
  private static final World WORLD = StandardWorld.of(5, WorldSources.none());
  private static final Pattern SUM =
      Pattern.compile("(\\d+) ?([-+*/]|plus|minus|times|divided by) ?(\\d+)");

  private static void each(String task, int count, Consumer<Exchange> check) {
    for (int i = 0; i < count; i++) {
      Problem problem = WORLD.problem(Split.TRAIN, WORLD.task(task).orElseThrow(), i);
      check.accept(problem.exchanges().getFirst());
    }
  }

  private static String question(Exchange exchange) {
    return ((Part.Text) exchange.question().parts().getLast()).text();
  }

  private static boolean isRight(Answer answer, String value) {
    return answer instanceof Answer.Structured(Json json)
        ? json.toString().replace("\"", "").equals("{answer:" + value + "}")
        : answer.isRight(value);
  }

  private static long value(Matcher sum) {
    long a = Long.parseLong(sum.group(1));
    long b = Long.parseLong(sum.group(3));
    return switch (sum.group(2)) {
      case "+", "plus" -> a + b;
      case "-", "minus" -> a - b;
      case "*", "times" -> a * b;
      default -> a / b;
    };
  }

  @Test
  void sumsAreRight() {
    int[] read = {0};
    for (String task : List.of("text.sum", "text.product", "text.steps")) {
      each(
          task,
          400,
          exchange -> {
            Matcher sum = SUM.matcher(question(exchange));
            if (sum.find()) {
              read[0]++;
              assertThat(isRight(exchange.answer(), String.valueOf(value(sum))))
                  .as(question(exchange))
                  .isTrue();
            }
          });
    }
    assertThat(read[0]).isGreaterThan(1000);
  }

  @Test
  void everyStepOfASumIsRight() {
    Pattern step = Pattern.compile("^(\\d+) ([-+*]) (\\d+)( \\+ 1)? = (\\d+)", Pattern.MULTILINE);
    int[] read = {0};
    each(
        "text.steps",
        500,
        exchange -> {
          Matcher steps = step.matcher(exchange.answer().text());
          while (steps.find()) {
            read[0]++;
            Matcher sum = SUM.matcher(steps.group());
            assertThat(sum.find()).isTrue();
            assertThat(value(sum) + (steps.group(4) == null ? 0 : 1))
                .as(exchange.answer().text())
                .isEqualTo(Long.parseLong(steps.group(5)));
          }
        });
    assertThat(read[0]).isGreaterThan(1000);
  }

  @Test
  void noSumIsInTwoSplitsNotEvenTurnedAround() {
    Map<String, Split> seen = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < 1500; i++) {
        Problem problem = WORLD.problem(split, WORLD.task("text.sum").orElseThrow(), i);
        Matcher sum = SUM.matcher(question(problem.exchanges().getFirst()));
        if (sum.find() && List.of("+", "plus").contains(sum.group(2))) {
          int a = Integer.parseInt(sum.group(1));
          int b = Integer.parseInt(sum.group(3));
          Split other = seen.putIfAbsent(Math.min(a, b) + "+" + Math.max(a, b), split);
          assertThat(other == null || other == split).as("%d + %d", a, b).isTrue();
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(800);
  }

  @Test
  void noTextToReadIsInTwoSplits() {
    Map<String, Split> seen = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < 400; i++) {
        Problem problem = WORLD.problem(split, WORLD.task("picture.read").orElseThrow(), i);
        String text = problem.exchanges().getFirst().answer().text().toLowerCase(Locale.ROOT);
        Split other = seen.putIfAbsent(text, split);
        assertThat(other == null || other == split).as(text).isTrue();
      }
    }
    assertThat(seen).hasSizeGreaterThan(400);
  }

  @Test
  void sortedListsAreSorted() {
    each(
        "text.sort",
        300,
        exchange -> {
          String question = question(exchange);
          List<String> given =
              Arrays.asList(question.substring(question.indexOf(':') + 2).split(", "));
          List<String> sorted = Arrays.asList(exchange.answer().text().split(", "));
          assertThat(sorted).containsExactlyInAnyOrderElementsOf(given);
          boolean numbers = Character.isDigit(given.getFirst().charAt(0));
          boolean down = question.contains("descending") || question.contains("largest to");
          for (int i = 1; i < sorted.size(); i++) {
            int order =
                numbers
                    ? Integer.compare(
                        Integer.parseInt(sorted.get(i - 1)), Integer.parseInt(sorted.get(i)))
                    : sorted.get(i - 1).compareTo(sorted.get(i));
            assertThat(down ? -order : order).as(question).isNegative();
          }
        });
  }

  @Test
  void whatIsExtractedStandsInTheText() {
    each(
        "text.json",
        300,
        exchange -> {
          Json.Obj facts = (Json.Obj) ((Answer.Structured) exchange.answer()).value();
          for (Json fact : facts.members().values()) {
            String words = fact instanceof Json.Str(String text) ? text : fact.toString();
            assertThat(question(exchange)).containsAnyOf(words, Wording.plural(words));
          }
        });
  }

  @Test
  void callsFitTheirDeclaration() {
    int calls = 0;
    for (int i = 0; i < 300; i++) {
      Problem problem = WORLD.problem(Split.TRAIN, WORLD.task("text.tools").orElseThrow(), i);
      if (problem.exchanges().getFirst().answer()
          instanceof Answer.Call(String name, Json.Obj arguments)) {
        calls++;
        var declared =
            problem.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
        Json.Obj properties = (Json.Obj) declared.parameters().member("properties");
        assertThat(arguments.members().keySet()).isEqualTo(properties.members().keySet());
      } else {
        assertThat(problem.exchanges()).hasSize(1);
      }
    }
    assertThat(calls).isBetween(200, 290);
  }
}
