package ai.pollux.assistant;

import ai.pollux.content.template.ChatTemplate;
import ai.pollux.content.template.ChatTemplates;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds how a checkpoint wants conversations written: by its own template, else by the turn marks
 * in its vocabulary.
 */
final class TemplateFinder {
  private TemplateFinder() {}

  static ChatTemplate find(Checkpoint checkpoint, Tokenizer tokenizer) {
    return ChatTemplates.forCheckpoint(
        source(checkpoint),
        piece(tokenizer, tokenizer.bos()),
        piece(tokenizer, tokenizer.eos()),
        mark -> isMark(tokenizer, mark),
        Clock.system(ZoneId.systemDefault()));
  }

  /** Whether a text is one of the vocabulary's control tokens. */
  static boolean isMark(Tokenizer tokenizer, String text) {
    return tokenizer.id(text).stream().anyMatch(tokenizer::isControl);
  }

  /** As it is recognised in a text: llama2.c stores its marks with line breaks around them. */
  private static String piece(Tokenizer tokenizer, OptionalInt id) {
    return id.isPresent() ? tokenizer.piece(id.getAsInt()).strip() : "";
  }

  /**
   * GGUF keeps the template among its metadata, Hugging Face in a file, or, formerly, in the
   * tokenizer's settings.
   */
  private static Optional<String> source(Checkpoint checkpoint) {
    return checkpoint
        .metadata()
        .text("tokenizer.chat_template")
        .or(() -> checkpoint.companion("chat_template.jinja").map(TemplateFinder::read))
        .or(() -> checkpoint.companion("tokenizer_config.json").flatMap(TemplateFinder::setting));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ModelException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private static Optional<String> setting(Path file) {
    try {
      JsonNode template = new JsonMapper().readTree(file).path("chat_template");
      return template.isString() ? Optional.of(template.stringValue()) : Optional.empty();
    } catch (JacksonException e) {
      throw new ModelException("%s: not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }
}
