package ai.pollux.content.template;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Which template, and which reader of answers, serves a checkpoint. */
public final class ChatTemplates {
  private ChatTemplates() {}

  /**
   * The checkpoint's own template where it has one. Otherwise the turn format whose marks are in
   * its vocabulary; a model without any completes the user's text.
   *
   * @param jinjaSource the checkpoint's {@code chat_template}
   * @param beginToken the token that begins a text; empty where there is none
   * @param endToken the token that ends one; empty where there is none
   * @param vocabulary whether the tokenizer has a token of that text
   * @param clock what a template sees as today
   * @throws TemplateException where the checkpoint's template is not Jinja
   */
  public static ChatTemplate forCheckpoint(
      Optional<String> jinjaSource,
      String beginToken,
      String endToken,
      Predicate<String> vocabulary,
      Clock clock) {
    if (jinjaSource.isPresent()) {
      return new JinjaChatTemplate(jinjaSource.get(), beginToken, endToken, clock);
    }
    if (vocabulary.test("<|turn>")) {
      return new Gemma4Template();
    }
    if (vocabulary.test("<start_of_turn>")) {
      return new Gemma3Template();
    }
    if (vocabulary.test("<|start_header_id|>")) {
      return TurnMarkTemplate.LLAMA3;
    }
    return vocabulary.test("<|im_start|>")
        ? TurnMarkTemplate.CHATML
        : new CompletionTemplate(beginToken);
  }

  /**
   * A fresh reader for one answer: Gemma 4's where its marks are in the vocabulary, else plain
   * text.
   *
   * @param callIds gives each tool call its id
   */
  public static OutputParser outputParser(Predicate<String> vocabulary, Supplier<String> callIds) {
    return vocabulary.test("<|channel>") && vocabulary.test("<|tool_call>")
        ? new Gemma4OutputParser(callIds)
        : OutputParser.plain();
  }
}
