package ai.pollux.assistant;

import ai.pollux.content.Conversation;

/** What is to be continued. */
public sealed interface Prompt {
  /**
   * A conversation, written as the model's chat template has it.
   *
   * @param thinking whether the model is asked to think first, where it knows how
   */
  record Chat(Conversation conversation, boolean thinking) implements Prompt {}

  /**
   * Plain text, continued as it stands: for base models, and to see what a model does without a
   * template.
   */
  record Raw(String text) implements Prompt {}
}
