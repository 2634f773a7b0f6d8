package ai.pollux.assistant.media;

import ai.pollux.content.Json;
import ai.pollux.content.processor.FrontEnds;
import ai.pollux.content.processor.ProcessorFiles;
import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Metadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a checkpoint wants its media prepared, whatever files it came in. */
public final class FrontEndFinder {
  private FrontEndFinder() {}

  /**
   * The front ends that a checkpoint's files ask for; none for a model that reads text alone.
   *
   * @throws ai.pollux.content.processor.ProcessorException if a setting makes no sense
   */
  public static FrontEnds find(Checkpoint checkpoint, ModelInfo model) {
    if (model.media().isEmpty()) {
      return FrontEnds.none();
    }
    ProcessorFiles files =
        checkpoint.kind() == Checkpoint.Kind.GGUF ? ofGguf(checkpoint) : ofFolder(checkpoint);
    return FrontEnds.of(
        files,
        model.media().contains(MediaKind.IMAGE),
        model.media().contains(MediaKind.VIDEO),
        model.media().contains(MediaKind.AUDIO));
  }

  private static ProcessorFiles ofFolder(Checkpoint checkpoint) {
    Path path = checkpoint.path().toAbsolutePath();
    Path parent = path.getParent();
    return ProcessorFiles.in(Files.isDirectory(path) || parent == null ? path : parent);
  }

  /** What a projector's metadata say, in the words of {@code config.json}. */
  private static ProcessorFiles ofGguf(Checkpoint checkpoint) {
    Metadata metadata = checkpoint.metadata();
    Map<String, Json> vision = new LinkedHashMap<>();
    number(metadata, "clip.vision.patch_size").ifPresent(size -> vision.put("patch_size", size));
    number(metadata, "clip.vision.image_size").ifPresent(size -> vision.put("image_size", size));
    Map<String, Json> config = new LinkedHashMap<>();
    config.put("model_type", Json.of(ggufType(metadata)));
    config.put("vision_config", new Json.Obj(vision));
    return new ProcessorFiles(new Json.Obj(config), Json.Obj.EMPTY, Json.Obj.EMPTY, Json.Obj.EMPTY);
  }

  private static Optional<Json> number(Metadata metadata, String key) {
    return metadata.whole(key).stream().mapToObj(Json::of).findFirst();
  }

  /** The encoder-free member of Gemma 4 has projectors of its own: gemma4uv, gemma4ua. */
  private static String ggufType(Metadata metadata) {
    String architecture = metadata.text("general.architecture").orElse("");
    boolean isUnified =
        Stream.of("clip.", "clip.vision.", "clip.audio.")
            .flatMap(part -> metadata.text(part + "projector_type").stream())
            .anyMatch(type -> type.startsWith("gemma4u"));
    return isUnified ? "gemma4_unified" : architecture;
  }
}
