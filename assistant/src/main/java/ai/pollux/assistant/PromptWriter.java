package ai.pollux.assistant;

import ai.pollux.content.Conversation;
import ai.pollux.content.MediaException;
import ai.pollux.content.Part;
import ai.pollux.content.template.ChatTemplate;
import ai.pollux.content.template.TemplateOptions;
import ai.pollux.content.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes prompts as tokens, as the model's template and tokenizer have it. */
final class PromptWriter {
  private final Tokenizer tokenizer;
  private final ChatTemplate template;

  PromptWriter(Tokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * The prompt in tokens.
   *
   * @throws ai.pollux.content.template.TemplateException if the template refuses the conversation
   * @throws MediaException if it shows what the model does not read
   */
  WrittenPrompt write(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Raw raw -> text(tokenizer.framed(tokenizer.encode(raw.text())));
      case Prompt.Chat chat -> chat(chat);
    };
  }

  private WrittenPrompt chat(Prompt.Chat chat) {
    parts(chat.conversation())
        .filter(PromptWriter::isMedium)
        .findFirst()
        .ifPresent(part -> {
          throw new MediaException("This model reads text alone, found " + name(part) + ".");
        });
    return text(
        tokenizer.encodeWithSpecials(
            template.render(chat.conversation(), new TemplateOptions(true, chat.thinking()))));
  }

  private static WrittenPrompt text(int[] ids) {
    return new WrittenPrompt(ids, List.of(), PromptTokens.of(ids.length, Map.of()));
  }

  private static Stream<Part> parts(Conversation conversation) {
    return Stream.concat(
        conversation.system().stream(),
        conversation.turns().stream().flatMap(turn -> turn.parts().stream()));
  }

  private static boolean isMedium(Part part) {
    return switch (part) {
      case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ -> true;
      case Part.Text _,
          Part.Thought _,
          Part.ToolCall _,
          Part.ToolResult _,
          Part.Code _,
          Part.CodeResult _ ->
          false;
    };
  }

  private static String name(Part part) {
    return switch (part) {
      case Part.Image _ -> "an image";
      case Part.Audio _ -> "a sound";
      case Part.Video _ -> "a video";
      case Part.Document _ -> "a document";
      default -> throw new IllegalStateException("not a medium: " + part);
    };
  }
}
