package ai.pollux.content.processor;

import ai.pollux.content.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a Hugging Face folder says about its front ends. An absent file is an empty object: then the
 * family's published values count.
 *
 * @param config {@code config.json}
 * @param processor {@code processor_config.json}
 * @param image settings of the image processor: {@code image_processor} in {@code processor}, else
 *     {@code preprocessor_config.json}
 * @param video settings of the video processor: {@code video_processor} in {@code processor}, else
 *     {@code video_preprocessor_config.json}
 */
public record ProcessorFiles(Json.Obj config, Json.Obj processor, Json.Obj image, Json.Obj video) {
  /**
   * Reads what is there.
   *
   * @throws ProcessorException where a file is there but cannot be read as a JSON object
   */
  public static ProcessorFiles in(Path folder) {
    Json.Obj processor = read(folder.resolve("processor_config.json"));
    return new ProcessorFiles(
        read(folder.resolve("config.json")),
        processor,
        part(processor, "image_processor", folder.resolve("preprocessor_config.json")),
        part(processor, "video_processor", folder.resolve("video_preprocessor_config.json")));
  }

  private static Json.Obj part(Json.Obj processor, String name, Path otherwise) {
    return processor.member(name) instanceof Json.Obj part ? part : read(otherwise);
  }

  private static Json.Obj read(Path file) {
    if (!Files.exists(file)) {
      return Json.Obj.EMPTY;
    }
    try {
      if (Json.parse(Files.readString(file)) instanceof Json.Obj object) {
        return object;
      }
      throw new ProcessorException(file + ": expected a JSON object. Fetch the file again.");
    } catch (IOException | IllegalArgumentException e) {
      throw new ProcessorException(
          "%s: expected a JSON object, found: %s. Fetch the file again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** What the model is, as {@code config.json} names it; empty where it does not. */
  String modelType() {
    return config.member("model_type") instanceof Json.Str(String type) ? type : "";
  }

  /** Whether the model has a vision part. */
  boolean hasVision() {
    return config.member("vision_config") instanceof Json.Obj;
  }
}
