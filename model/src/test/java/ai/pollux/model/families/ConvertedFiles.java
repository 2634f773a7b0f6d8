package ai.pollux.model.families;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.convert.GgufConversion;
import ai.pollux.model.convert.ProjectorConversion;
import ai.pollux.model.convert.ProjectorRecipe;
import ai.pollux.model.convert.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A golden's folder as the two GGUF files that Pollux makes of it. */
final class ConvertedFiles {
  private ConvertedFiles() {}

  /** Makes them in a folder and opens them as one model. */
  static Checkpoint open(Path source, Path folder) {
    Path decoder = folder.resolve("made.gguf");
    Path projector = folder.resolve("mmproj-made.gguf");
    try (Checkpoint checkpoint = Checkpoints.open(source)) {
      GgufConversion conversion = GgufConversion.of(checkpoint);
      GgufWriter writer = conversion.writer(Recipe.F32);
      vocabulary(writer, source, conversion.vocabulary());
      writer.write(decoder, GgufWriter.Progress.NONE);
      ProjectorConversion.of(checkpoint)
          .orElseThrow()
          .writer(ProjectorRecipe.F32)
          .write(projector, GgufWriter.Progress.NONE);
    }
    return Models.open(decoder);
  }

  /** The tokens by name: a GGUF tells placeholders so. Gemma 3n's are known by their numbers. */
  private static void vocabulary(GgufWriter writer, Path source, int size) {
    Path file = source.resolve("tokenizer.json");
    if (!Files.exists(file)) {
      return;
    }
    List<MetadataValue> tokens = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      tokens.add(MetadataValue.text("[PAD" + id + "]"));
    }
    JsonNode json = GoldenCase.json(file);
    json.path("model")
        .path("vocab")
        .properties()
        .forEach(token -> {
          if (token.getValue().intValue() < size) {
            tokens.set(token.getValue().intValue(), MetadataValue.text(token.getKey()));
          }
        });
    json.path("added_tokens")
        .forEach(token ->
            tokens.set(
                token.path("id").intValue(), MetadataValue.text(token.path("content").asString())));
    writer.put("tokenizer.ggml.tokens", MetadataValue.array(GgufType.STRING, tokens));
    writer.put("tokenizer.ggml.padding_token_id", MetadataValue.uint32(0));
  }
}
