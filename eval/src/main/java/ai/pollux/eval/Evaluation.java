package ai.pollux.eval;

import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Puts the questions of a benchmark to a server and counts right answers.
 *
 * @param client asks
 * @param model what the report says was asked
 * @param parallel questions that are open at once
 * @param mostTokens of an answer
 */
public record Evaluation(GeminiClient client, String model, int parallel, int mostTokens) {
  /** Told after each answer. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all questions were answered, so many of those rightly. */
    void at(int done, int right, int all);
  }

  private record Outcome(Question question, String answer, boolean isRight, boolean hasFailed) {}

  /**
   * Asks the first {@code limit} questions.
   *
   * @throws ServiceException if the first question finds no server; later failures are counted
   */
  public Report run(Benchmark benchmark, int limit, Progress progress) throws InterruptedException {
    int count = Math.min(limit, benchmark.size());
    long started = System.nanoTime();
    List<Outcome> outcomes = new ArrayList<>();
    Deque<Future<Outcome>> asked = new ArrayDeque<>();
    int right = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int next = 0; outcomes.size() < count; ) {
        // Questions are made as they are asked: their media take memory.
        while (next < count && asked.size() < parallel) {
          Question question = benchmark.question(next++);
          asked.addLast(threads.submit(() -> ask(question)));
        }
        Outcome outcome = result(asked.removeFirst());
        if (outcomes.isEmpty() && outcome.hasFailed()) {
          threads.shutdownNow();
          throw new ServiceException(outcome.answer());
        }
        outcomes.add(outcome);
        right += outcome.isRight() ? 1 : 0;
        progress.at(outcomes.size(), right, count);
      }
    }
    return report(benchmark, outcomes, (System.nanoTime() - started) / 1e9);
  }

  private static Outcome result(Future<Outcome> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }
  }

  private Outcome ask(Question question) throws InterruptedException {
    try {
      List<Part> answer = client.answer(question.conversation(), mostTokens);
      boolean isRight = question.isRight().test(answer);
      return new Outcome(question, Answers.shown(answer), isRight, false);
    } catch (ServiceException e) {
      return new Outcome(question, String.valueOf(e.getMessage()), false, true);
    }
  }

  private Report report(Benchmark benchmark, List<Outcome> outcomes, double seconds) {
    Map<String, TaskScore> tasks = new TreeMap<>();
    List<Mistake> mistakes = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Question question = outcome.question();
      TaskScore one =
          new TaskScore(question.task(), 1, outcome.isRight() ? 1 : 0, outcome.hasFailed() ? 1 : 0);
      tasks.merge(question.task(), one, (sum, next) -> sum.plus(next, sum.task()));
      if (!outcome.isRight()) {
        mistakes.add(
            new Mistake(
                question.id(),
                question.task(),
                text(question),
                question.expected(),
                outcome.answer()));
      }
    }
    return new Report(benchmark.name(), model, List.copyOf(tasks.values()), mistakes, seconds);
  }

  private static String text(Question question) {
    return question.conversation().turns().stream()
        .map(Turn::parts)
        .flatMap(List::stream)
        .map(part -> part instanceof Part.Text(String text) ? text : "[" + part + "]")
        .collect(Collectors.joining(" "));
  }
}
