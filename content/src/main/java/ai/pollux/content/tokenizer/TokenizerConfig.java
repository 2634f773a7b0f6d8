package ai.pollux.content.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code tokenizer_config.json} adds to a tokenizer.
 *
 * @param bos the piece that begins a text
 * @param eos the piece that ends a text
 * @param addsBos whether {@code bos} is put in front, where the file says so
 */
record TokenizerConfig(Optional<String> bos, Optional<String> eos, Optional<Boolean> addsBos) {

  /** The config in a tokenizer's folder; empty where there is none. */
  static TokenizerConfig beside(Path tokenizer) {
    Path file = tokenizer.resolveSibling("tokenizer_config.json");
    if (!Files.exists(file)) {
      return new TokenizerConfig(Optional.empty(), Optional.empty(), Optional.empty());
    }
    try {
      JsonNode config = new JsonMapper().readTree(Files.readAllBytes(file));
      JsonNode adds = config.path("add_bos_token");
      return new TokenizerConfig(
          piece(config.path("bos_token")),
          piece(config.path("eos_token")),
          adds.isBoolean() ? Optional.of(adds.booleanValue()) : Optional.empty());
    } catch (IOException | JacksonException e) {
      throw new TokenizerException(
          file + ": expected a JSON object, found " + e.getMessage() + ". Download it again.", e);
    }
  }

  /** A piece is named by its text, or by an object with its text as content. */
  private static Optional<String> piece(JsonNode node) {
    JsonNode text = node.isObject() ? node.path("content") : node;
    return text.isString() ? Optional.of(text.stringValue()) : Optional.empty();
  }
}
