package ai.pollux.assistant;

import ai.pollux.assistant.media.MediaReader;
import ai.pollux.assistant.media.Modality;
import ai.pollux.assistant.media.ReadConversation;
import ai.pollux.assistant.media.ReadMedium;
import ai.pollux.content.Conversation;
import ai.pollux.content.processor.ExpandedPrompt;
import ai.pollux.content.processor.PromptExpansion;
import ai.pollux.content.template.ChatTemplate;
import ai.pollux.content.template.TemplateOptions;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.engine.PromptMedium;
import ai.pollux.model.MediaInput;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes prompts as tokens, as the model's template and tokenizer have it. Owns the reader of
 * media.
 */
final class PromptWriter implements AutoCloseable {
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final MediaReader media;
  private final PromptExpansion expansion;

  /**
   * For one model.
   *
   * @param expansion makes room for what {@code media} reads
   */
  PromptWriter(
      Tokenizer tokenizer, ChatTemplate template, MediaReader media, PromptExpansion expansion) {
    this.tokenizer = tokenizer;
    this.template = template;
    this.media = media;
    this.expansion = expansion;
  }

  /**
   * The prompt in tokens.
   *
   * @throws ai.pollux.content.template.TemplateException if the template refuses the conversation
   * @throws ai.pollux.content.MediaException if it shows what cannot be read, or the model does not
   *     read
   */
  WrittenPrompt write(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Raw raw -> text(tokenizer.framed(tokenizer.encode(raw.text())));
      case Prompt.Chat(Conversation said, boolean thinking) -> {
        TemplateOptions options = new TemplateOptions(true, thinking);
        ReadConversation read = media.read(said);
        String written = template.render(read.shown(), options);
        yield read.media().isEmpty()
            ? text(tokenizer.encodeWithSpecials(written))
            : withMedia(written, read.media());
      }
    };
  }

  private WrittenPrompt withMedia(String written, List<ReadMedium> read) {
    ExpandedPrompt expanded =
        expansion.expand(written, read.stream().map(ReadMedium::place).toList());
    List<MediaInput> inputs = read.stream().flatMap(medium -> medium.inputs().stream()).toList();
    List<PromptMedium> placed = new ArrayList<>();
    Map<Modality, Integer> tokens = new EnumMap<>(Modality.class);
    for (int i = 0; i < inputs.size(); i++) {
      ExpandedPrompt.Run run = expanded.runs().get(i);
      placed.add(PromptMedium.of(inputs.get(i), run.start(), run.length()));
      tokens.merge(read.get(run.medium()).modality(), run.length(), Integer::sum);
    }
    int[] ids = expanded.ids();
    return new WrittenPrompt(ids, placed, PromptTokens.of(ids.length, tokens));
  }

  @Override
  public void close() {
    media.close();
  }

  private static WrittenPrompt text(int[] ids) {
    return new WrittenPrompt(ids, List.of(), PromptTokens.of(ids.length, Map.of()));
  }
}
