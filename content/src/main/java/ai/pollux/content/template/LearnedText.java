package ai.pollux.content.template;

import java.util.List;

/**
 * A conversation as it is written once the model's last turn is over, and what of it the model
 * wrote.
 *
 * @param text as {@link ChatTemplate#render} gives it
 * @param learned parts of the text that the model wrote, the marks that end its turns among them,
 *     in order
 */
public record LearnedText(String text, List<Span> learned) {
  /** Copies the list. */
  public LearnedText {
    learned = List.copyOf(learned);
  }

  /** Characters of a text, {@code from} to before {@code to}. */
  public record Span(int from, int to) {}
}
