package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import java.util.List;

/** All tasks in words that need no source. */
public final class TextTasks {
  private TextTasks() {}

  /** With their shares. */
  public static List<World.Share> all() {
    return List.of(
        share(new WordTask("text.sum", Arithmetic::sum), 2),
        share(new WordTask("text.product", Arithmetic::product), 1),
        share(new WordTask("text.terms", Arithmetic::terms), 0.7),
        share(new WordTask("text.steps", Steps::item), 2),
        share(new WordTask("text.compare", Numbers::compare), 0.6),
        share(new WordTask("text.sort", Numbers::sort), 0.6),
        share(new WordTask("text.numerals", Numbers::numerals), 0.5),
        share(new WordTask("text.copy", Letters::copy), 0.5),
        share(new WordTask("text.reverse", Letters::reverse), 0.4),
        share(new WordTask("text.letters", Letters::count), 0.5),
        share(new WordTask("text.alphabet", Letters::alphabet), 0.4),
        share(new WordTask("text.units", Units::item), 0.5),
        share(new WordTask("text.dates", Dates::item), 0.6),
        share(new WordTask("text.times", Dates::time), 0.5),
        share(new WordTask("text.wordproblem", WordProblems::item), 1),
        share(new Extraction(), 1),
        share(new ToolUse(), 1),
        share(new Manners(), 0.5));
  }

  private static World.Share share(Task task, double weight) {
    return new World.Share(task, weight);
  }

  /** Stories that are told on request. */
  public static World.Share stories(List<String> stories) {
    return Passages.of("text.story", stories, true, 2);
  }

  /** Prose that is continued. */
  public static World.Share prose(List<String> passages) {
    return Passages.of("text.prose", passages, false, 0.5);
  }
}
