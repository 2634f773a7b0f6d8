package ai.pollux.assistant;

import ai.pollux.content.tokenizer.GgufVocabulary;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.checkpoint.MetadataValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Finds the tokenizer that belongs to a checkpoint: in the file, or in one beside it. */
public final class TokenizerFinder {
  private TokenizerFinder() {}

  /**
   * The tokenizer of a checkpoint; {@code given}, a file or a folder, wins over what the checkpoint
   * brings.
   */
  static Tokenizer find(Checkpoint checkpoint, Optional<Path> given) {
    if (given.isPresent()) {
      return open(given.get(), checkpoint);
    }
    return switch (checkpoint.kind()) {
      case GGUF ->
          Tokenizers.fromGguf(vocabulary(checkpoint), checkpoint.path().getFileName().toString());
      case SAFETENSORS, LLAMA2C -> open(folder(checkpoint.path()), checkpoint);
    };
  }

  private static Tokenizer open(Path path, Checkpoint checkpoint) {
    if (Files.notExists(path)) {
      throw new ModelException("tokenizer %s: no such file or folder".formatted(path));
    }
    if (Files.isDirectory(path)) {
      return open(inFolder(path, checkpoint), checkpoint);
    }
    String name = path.getFileName().toString();
    if (name.endsWith(".json")) {
      return Tokenizers.fromTokenizerJson(path);
    }
    return name.endsWith(".model")
        ? Tokenizers.fromSentencePiece(path)
        : Tokenizers.fromLlama2c(path);
  }

  private static Path inFolder(Path folder, Checkpoint checkpoint) {
    for (String name : List.of("tokenizer.json", "tokenizer.model")) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("tok.*\\.bin"))
          .sorted()
          .findFirst()
          .orElseThrow(() ->
              new ModelException(
                  "%s: found no tokenizer in %s; expected tokenizer.json, tokenizer.model or tok*.bin. Name one with --tokenizer"
                      .formatted(checkpoint.path().getFileName(), folder)));
    } catch (IOException e) {
      throw new ModelException(
          "%s: cannot list the folder: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static Path folder(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    return Files.isDirectory(path) || parent == null ? path : parent;
  }

  /**
   * The vocabulary in a GGUF's metadata.
   *
   * @throws ModelException if it has none
   */
  public static GgufVocabulary vocabulary(Checkpoint checkpoint) {
    Metadata metadata = checkpoint.metadata();
    String prefix = "tokenizer.ggml.";
    MetadataValue.Items tokens =
        metadata
            .items(prefix + "tokens")
            .orElseThrow(() ->
                new ModelException(
                    "%s: the file has no vocabulary (%stokens). Name a tokenizer with --tokenizer"
                        .formatted(checkpoint.path().getFileName(), prefix)));
    return new GgufVocabulary(
        metadata.text(prefix + "model").orElse("llama"),
        metadata.text(prefix + "pre").orElse("default"),
        tokens.texts(),
        metadata.items(prefix + "scores").map(MetadataValue.Items::reals).orElse(new float[0]),
        metadata.items(prefix + "token_type").map(TokenizerFinder::ints).orElse(new int[0]),
        metadata.items(prefix + "merges").map(MetadataValue.Items::texts).orElse(List.of()),
        id(metadata, prefix + "bos_token_id"),
        id(metadata, prefix + "eos_token_id"),
        id(metadata, prefix + "unknown_token_id"),
        metadata.flag(prefix + "add_bos_token"),
        metadata.flag(prefix + "add_eos_token"),
        metadata.flag(prefix + "add_space_prefix"));
  }

  private static int[] ints(MetadataValue.Items items) {
    return LongStream.of(items.wholes()).mapToInt(Math::toIntExact).toArray();
  }

  private static OptionalInt id(Metadata metadata, String key) {
    OptionalLong id = metadata.whole(key);
    return id.isPresent() ? OptionalInt.of(Math.toIntExact(id.getAsLong())) : OptionalInt.empty();
  }
}
