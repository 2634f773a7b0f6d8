package ai.pollux.content.template;

import ai.pollux.content.Conversation;

/** How a model wants a conversation written. Stateless; may be used by many threads. */
public interface ChatTemplate {
  /**
   * The conversation as one text, special tokens spelled out, the one that begins a text included:
   * to be tokenized with special tokens read and none added. Media leave a placeholder token, one
   * per part, in order.
   *
   * @throws TemplateException where the template refuses the conversation
   */
  String render(Conversation conversation, TemplateOptions options);
}
