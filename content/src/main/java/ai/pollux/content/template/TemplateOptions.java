package ai.pollux.content.template;

/**
 * What a caller may choose.
 *
 * @param generationPrompt whether the text ends with the opening of the model's next turn
 * @param thinking whether the model is asked to think first, where its template knows how
 */
public record TemplateOptions(boolean generationPrompt, boolean thinking) {
  /** For an answer without thinking. */
  public static final TemplateOptions ANSWER = new TemplateOptions(true, false);

  /** For an answer with thinking. */
  public static final TemplateOptions THINK = new TemplateOptions(true, true);
}
