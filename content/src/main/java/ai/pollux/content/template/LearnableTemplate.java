package ai.pollux.content.template;

import ai.pollux.content.Conversation;

/** A template that knows which parts of what it writes come from the model. */
public interface LearnableTemplate extends ChatTemplate {
  /**
   * The conversation with the model's last turn as it would have answered: what stands before it is
   * what {@link #render} gives for the prompt that asks for this turn. The model is asked to think
   * where it thought after the user spoke last.
   *
   * @param conversation ends with a turn of the model's
   * @throws TemplateException where the template refuses the conversation
   */
  LearnedText learnable(Conversation conversation);
}
