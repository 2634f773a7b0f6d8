package ai.pollux.assistant.convert;

import ai.pollux.assistant.TokenizerFinder;
import ai.pollux.content.tokenizer.GgufVocabulary;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What lies beside the weights of a Hugging Face folder, out of a GGUF's metadata. */
final class FolderFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private FolderFiles() {}

  /**
   * Writes them.
   *
   * @param config what {@code config.json} says
   */
  static void write(Checkpoint checkpoint, Map<String, Object> config, Path folder)
      throws IOException {
    GgufVocabulary vocabulary = TokenizerFinder.vocabulary(checkpoint);
    json(folder.resolve("config.json"), config);
    json(folder.resolve("generation_config.json"), generation(checkpoint.metadata()));
    json(folder.resolve("tokenizer_config.json"), tokenizer(vocabulary, checkpoint.metadata()));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        Tokenizers.toTokenizerJson(vocabulary, checkpoint.fileName()));
    Optional<String> template = checkpoint.metadata().text("tokenizer.chat_template");
    if (template.isPresent()) {
      Files.writeString(folder.resolve("chat_template.jinja"), template.get());
    }
  }

  private static void json(Path file, Map<String, Object> values) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(values) + "\n");
  }

  /** With what texts begin, end and are filled up. */
  private static Map<String, Object> generation(Metadata metadata) {
    Map<String, Object> values = new TreeMap<>();
    id(metadata, "bos").ifPresent(id -> values.put("bos_token_id", id));
    id(metadata, "eos").ifPresent(id -> values.put("eos_token_id", id));
    id(metadata, "padding").ifPresent(id -> values.put("pad_token_id", id));
    return values;
  }

  private static OptionalLong id(Metadata metadata, String token) {
    return metadata.whole("tokenizer.ggml.%s_token_id".formatted(token));
  }

  private static Map<String, Object> tokenizer(GgufVocabulary vocabulary, Metadata metadata) {
    Map<String, Object> values = new TreeMap<>();
    values.put("tokenizer_class", "PreTrainedTokenizerFast"); // takes tokenizer.json as it is
    values.put("clean_up_tokenization_spaces", false);
    Map<String, String> tokens =
        Map.of("bos", "bos", "eos", "eos", "unknown", "unk", "padding", "pad", "mask", "mask");
    tokens.forEach((theirs, ours) ->
        id(metadata, theirs)
            .ifPresent(
                id -> values.put(ours + "_token", vocabulary.tokens().get(Math.toIntExact(id)))));
    vocabulary.addBos().ifPresent(adds -> values.put("add_bos_token", adds));
    vocabulary.addEos().ifPresent(adds -> values.put("add_eos_token", adds));
    return values;
  }
}
