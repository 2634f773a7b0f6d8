package ai.pollux.assistant.convert;

import static ai.pollux.model.checkpoint.MetadataValue.array;
import static ai.pollux.model.checkpoint.MetadataValue.flag;
import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.text;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;

import ai.pollux.content.Json;
import ai.pollux.content.tokenizer.GgufVocabulary;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a folder's tokenizer and chat template are in a GGUF's metadata. */
final class VocabularyMetadata {
  private static final String KEY = "tokenizer.ggml.";

  private VocabularyMetadata() {}

  static void put(GgufWriter writer, Path folder, String architecture, int size) {
    GgufVocabulary vocabulary = Tokenizers.toGguf(folder, architecture, size);
    writer.put(KEY + "model", text(vocabulary.model()));
    if (!vocabulary.preTokenizer().isEmpty()) {
      writer.put(KEY + "pre", text(vocabulary.preTokenizer()));
    }
    writer.put(KEY + "tokens", texts(vocabulary.tokens()));
    List<MetadataValue> scores = new ArrayList<>();
    for (float score : vocabulary.scores()) {
      scores.add(float32(score));
    }
    if (!scores.isEmpty()) {
      writer.put(KEY + "scores", array(GgufType.FLOAT32, scores));
    }
    List<MetadataValue> types = new ArrayList<>();
    for (int type : vocabulary.tokenTypes()) {
      types.add(new MetadataValue.Whole(GgufType.INT32, type));
    }
    writer.put(KEY + "token_type", array(GgufType.INT32, types));
    if (!vocabulary.merges().isEmpty()) {
      writer.put(KEY + "merges", texts(vocabulary.merges()));
    }
    vocabulary.bos().ifPresent(id -> writer.put(KEY + "bos_token_id", uint32(id)));
    vocabulary.eos().ifPresent(id -> writer.put(KEY + "eos_token_id", uint32(id)));
    vocabulary.unknown().ifPresent(id -> writer.put(KEY + "unknown_token_id", uint32(id)));
    vocabulary.addBos().ifPresent(adds -> writer.put(KEY + "add_bos_token", flag(adds)));
    vocabulary.addEos().ifPresent(adds -> writer.put(KEY + "add_eos_token", flag(adds)));
    vocabulary.addSpacePrefix().ifPresent(adds -> writer.put(KEY + "add_space_prefix", flag(adds)));
    Json.Obj config = object(folder.resolve("tokenizer_config.json"));
    Json.Obj model = object(folder.resolve("config.json"));
    special("pad", config, model, vocabulary)
        .ifPresent(id -> writer.put(KEY + "padding_token_id", uint32(id)));
    special("mask", config, model, vocabulary)
        .ifPresent(id -> writer.put(KEY + "mask_token_id", uint32(id)));
    template(writer, folder, config);
  }

  /** The id of a token that the tokenizer's configuration names, or the model's numbers. */
  private static OptionalLong special(
      String name, Json.Obj config, Json.Obj model, GgufVocabulary vocabulary) {
    Json named = config.member(name + "_token");
    Json content = named instanceof Json.Obj token ? token.member("content") : named;
    int id = content instanceof Json.Str piece ? vocabulary.tokens().indexOf(piece.value()) : -1;
    if (id >= 0) {
      return OptionalLong.of(id);
    }
    return model.member(name + "_token_id") instanceof Json.Int number
        ? OptionalLong.of(number.value())
        : OptionalLong.empty();
  }

  private static MetadataValue texts(List<String> texts) {
    return array(GgufType.STRING, texts.stream().map(MetadataValue::text).toList());
  }

  private static void template(GgufWriter writer, Path folder, Json.Obj config) {
    Path file = folder.resolve("chat_template.jinja");
    if (Files.exists(file)) {
      writer.put("tokenizer.chat_template", text(read(file)));
    } else if (config.member("chat_template") instanceof Json.Str template) {
      writer.put("tokenizer.chat_template", text(template.value()));
    }
  }

  private static Json.Obj object(Path file) {
    return Files.exists(file) && Json.parse(read(file)) instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
