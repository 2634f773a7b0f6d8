package ai.pollux.eval;

import ai.pollux.content.Conversation;
import ai.pollux.content.Part;
import java.util.List;
import java.util.function.Predicate;

/**
 * One question of a benchmark.
 *
 * @param id names it in reports
 * @param task what it is counted under
 * @param conversation what is asked; media hold the bytes of their files
 * @param expected the right answer, as reports show it
 * @param isRight judges an answer
 */
public record Question(
    String id,
    String task,
    Conversation conversation,
    String expected,
    Predicate<List<Part>> isRight) {
  /** A question whose answer is judged by its text. */
  static Question inWords(
      String id,
      String task,
      Conversation conversation,
      String expected,
      Predicate<String> isRight) {
    return new Question(
        id, task, conversation, expected, answer -> isRight.test(Answers.text(answer)));
  }
}
