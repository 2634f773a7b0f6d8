package ai.pollux.train.recipe;

import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checkpoint before its first step: a Hugging Face folder with settings, tokenizer and random
 * weights. Training then starts like tuning does, from a folder.
 */
public final class NewModel {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private NewModel() {}

  /**
   * Writes one.
   *
   * @param folder where; made if it is not there
   * @param recipe its sizes; its vocabulary becomes the tokenizer's
   * @param tokenizer a folder with {@code tokenizer.json}
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if the tokenizer lacks a token of the family
   */
  public static void write(Path folder, Recipe recipe, Path tokenizer, long seed) {
    try {
      Files.createDirectories(folder);
      for (String name : List.of("tokenizer.json", "tokenizer.model", "tokenizer_config.json")) {
        if (Files.exists(tokenizer.resolve(name))) {
          Files.copy(
              tokenizer.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Tokenizer pieces = Tokenizers.fromTokenizerJson(folder.resolve("tokenizer.json"));
      Recipe sized = recipe.with(pieces.vocabularySize(), recipe.sound());
      json(folder.resolve("config.json"), RecipeConfig.of(sized, pieces));
      json(folder.resolve("processor_config.json"), ProcessorConfig.of(sized));
      json(folder.resolve("generation_config.json"), generation(pieces));
      weights(sized, seed).write(folder.resolve("model.safetensors"), (done, total) -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot write a new model", e);
    }
  }

  private static void json(Path file, JsonNode value) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
  }

  private static ObjectNode generation(Tokenizer pieces) {
    ObjectNode config = JSON.createObjectNode();
    config.put("bos_token_id", RecipeConfig.id(pieces, "<bos>"));
    config
        .putArray("eos_token_id")
        .add(RecipeConfig.id(pieces, "<eos>"))
        .add(RecipeConfig.id(pieces, "<turn|>"));
    config.put("pad_token_id", RecipeConfig.id(pieces, "<pad>"));
    return config.put("do_sample", false);
  }

  private static SafetensorsWriter weights(Recipe recipe, long seed) {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (Parameter parameter : recipe.parameters()) {
      List<Long> shape = parameter.shape();
      long width = shape.getLast();
      writer.tensor(
          parameter.name(),
          Formats.F32,
          shape,
          (row, rows, target) -> {
            for (long i = 0; i < rows; i++) {
              RandomGenerator random = random(seed, parameter, row + i);
              for (long at = 0; at < width; at++) {
                float value = value(parameter, random, row + i, at);
                target.setAtIndex(FLOAT, i * width + at, value);
              }
            }
          });
    }
    return writer;
  }

  /** Each row has a stream of its own, so that neither other tensors nor chunks matter. */
  private static RandomGenerator random(long seed, Parameter parameter, long row) {
    long stream = 31L * parameter.name().hashCode() + row;
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ stream * 0xBF58476D1CE4E5B9L);
  }

  /**
   * A value of a tensor.
   *
   * @param row which of all rows, however many axes they have
   * @param at place in the row
   */
  private static float value(Parameter parameter, RandomGenerator random, long row, long at) {
    long width = parameter.shape().getLast();
    return switch (parameter.start()) {
      case Parameter.Start.Random() ->
          (float) random.nextGaussian(0, 1 / Math.sqrt((double) width));
      case Parameter.Start.Constant(float value) -> value;
      case Parameter.Start.Waves() -> wave(row / 2, at - row % 2 * (width / 2), width / 2);
    };
  }

  /** One of {@code width} waves at a place of an axis; 0 in the other axis' half. */
  private static float wave(long place, long at, long width) {
    if (at < 0 || at >= width) {
      return 0;
    }
    double angle = (double) place * StrictMath.pow(100, -(double) (at / 2 * 2) / width);
    return (float) (at % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
  }
}
