package ai.pollux.train.data.world.standard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Part;
import ai.pollux.content.template.Gemma4Template;
import ai.pollux.content.template.TemplateOptions;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every task. */
final class StandardWorldTest {
  private static final World WORLD = StandardWorld.of(1, TestSources.small());
  private static final int PROBLEMS = 120;

  static List<String> tasks() {
    return WORLD.names();
  }

  /** What is asked in words alone must be in the words; the others show something. */
  static List<String> tasksWithMedia() {
    return WORLD.names().stream().filter(name -> !name.startsWith("text.")).toList();
  }

  private static List<Problem> problems(String name, Split split, int count) {
    Task task = WORLD.task(name).orElseThrow();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(WORLD.problem(split, task, i));
    }
    return problems;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theRightAnswerIsRightAndAnotherIsWrong(String name) {
    for (Split split : Split.values()) {
      for (Problem problem : problems(name, split, 40)) {
        for (Exchange exchange : problem.exchanges()) {
          Answer answer = exchange.answer();
          if (answer.isJudged()) {
            assertThat(answer.isRight(answer.parts())).as(answer.text()).isTrue();
            assertThat(answer.isRight("xyzzy")).as(answer.text()).isFalse();
            assertThat(answer.isRight("")).as(answer.text()).isFalse();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void everyProblemIsAConversationThatTheTemplateWrites(String name) {
    for (Problem problem : problems(name, Split.TRAIN, 40)) {
      Sample.Dialogue dialogue = problem.dialogue();
      String text =
          new Gemma4Template().render(dialogue.conversation(), new TemplateOptions(false, false));
      for (Exchange exchange : problem.exchanges()) {
        if (exchange.answer().parts().getFirst() instanceof Part.Text(String said)) {
          assertThat(text).contains(said.strip());
        }
      }
      int places = text.split("<\\|(image|audio|video)\\|>", -1).length - 1;
      assertThat(places).isEqualTo(problem.media().size());
      long shown =
          problem.document().pieces().stream().filter(Sample.Piece.Shown.class::isInstance).count();
      assertThat(shown).isEqualTo(problem.media().size());
      assertThat(dialogue.source()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void mediaAreSmall(String name) {
    for (Problem problem : problems(name, Split.TRAIN, 40)) {
      for (Medium medium : problem.media()) {
        switch (medium) {
          case Medium.Picture picture ->
              assertThat(picture.image().width() * picture.image().height())
                  .isLessThanOrEqualTo(400 * 100);
          case Medium.Sound sound ->
              assertThat(sound.samples().length).isBetween(16_000 / 10, 16_000 * 4);
          case Medium.Film film -> {
            assertThat(film.frames()).hasSizeBetween(4, 8);
            assertThat(film.frames()).allMatch(frame -> frame.width() == 48);
          }
        }
      }
    }
  }

  /** Whoever always says yes, or always no, is right in no more than 60 % of many answers. */
  @ParameterizedTest
  @MethodSource("tasks")
  void claimsAreBalanced(String name) {
    Map<String, Integer> counts = new HashMap<>();
    for (Problem problem : problems(name, Split.TRAIN, 2 * PROBLEMS)) {
      for (Exchange exchange : problem.exchanges()) {
        String word = bare(exchange.answer());
        if (Set.of("yes", "no", "true", "false").contains(word)) {
          counts.merge(
              word.equals("true") ? "yes" : word.equals("false") ? "no" : word, 1, Integer::sum);
        }
      }
    }
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    // three standard deviations of a share of 0.6 are 1.47 / √n
    double most = 0.6 + 1.47 / Math.sqrt(Math.max(all, 1));
    counts.forEach((word, count) ->
        assertThat(count / (double) all).as("%s of %d", word, all).isLessThan(most));
  }

  private static String bare(Answer answer) {
    return switch (answer) {
      case Answer.Said said -> bare(said.core());
      case Answer.Structured structured ->
          structured.value() instanceof ai.pollux.content.Json.Obj object
              ? object.member("answer").toString().replace("\"", "")
              : "";
      default -> answer.text();
    };
  }

  /**
   * Who reads questions and sees no media guesses badly: the most frequent answer to the same
   * question in one half of the problems is right for at most 70 % of the other half.
   */
  @ParameterizedTest
  @MethodSource("tasksWithMedia")
  void questionsDoNotGiveAnswersAway(String name) {
    Map<String, Map<String, Integer>> known = new HashMap<>();
    int right = 0;
    int asked = 0;
    List<Problem> all = problems(name, Split.TRAIN, 2 * PROBLEMS);
    for (int i = 0; i < all.size(); i++) {
      Exchange exchange = all.get(i).exchanges().getFirst();
      String question = words(exchange);
      String answer = bare(exchange.answer());
      if (i < PROBLEMS) {
        known.computeIfAbsent(question, key -> new HashMap<>()).merge(answer, 1, Integer::sum);
        known.computeIfAbsent("", key -> new HashMap<>()).merge(answer, 1, Integer::sum);
      } else {
        var counts = known.getOrDefault(question, known.get(""));
        String guess =
            counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        right += guess.equals(answer) ? 1 : 0;
        asked++;
      }
    }
    assertThat(right / (double) asked).as("right of %d blind guesses", asked).isLessThan(0.7);
  }

  private static String words(Exchange exchange) {
    StringBuilder words = new StringBuilder();
    for (Part part : exchange.question().parts()) {
      words.append(part instanceof Part.Text text ? text.text() : "");
    }
    return words.toString();
  }
}
