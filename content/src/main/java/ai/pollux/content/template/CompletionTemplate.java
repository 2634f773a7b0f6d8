package ai.pollux.content.template;

import ai.pollux.content.Conversation;
import ai.pollux.content.Turn;

/**
 * For models that were never trained on turns: the text of the last user's turn, nothing else.
 *
 * @param begin the token that begins a text, like {@code <s>}
 */
public record CompletionTemplate(String begin) implements ChatTemplate {
  @Override
  public String render(Conversation conversation, TemplateOptions options) {
    Turn last =
        conversation.turns().reversed().stream()
            .filter(turn -> turn.role() == Turn.Role.USER)
            .findFirst()
            .orElseThrow(() -> new TemplateException("Nothing to complete: no turn of the user."));
    return begin + Turns.text("A base model without a chat template", Turns.body(last));
  }
}
