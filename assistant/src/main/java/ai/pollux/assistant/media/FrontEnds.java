package ai.pollux.assistant.media;

import ai.pollux.content.Json;
import ai.pollux.content.audio.SoundFrontEnd;
import ai.pollux.content.audio.SoundFrontEnds;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.ImageProcessors;
import ai.pollux.content.processor.MediaMarkup;
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

/**
 * How a model wants its media prepared; each is there only if the model has an encoder for it.
 *
 * @param markup what stands around media in a prompt
 * @param images of images and pages
 * @param frames of videos
 * @param frameCount how many frames of a video are taken where nobody says how often
 * @param sounds of sounds
 */
public record FrontEnds(
    MediaMarkup markup,
    Optional<ImageProcessor> images,
    Optional<ImageProcessor> frames,
    int frameCount,
    Optional<SoundFrontEnd> sounds) {
  /** Gemma 4's. */
  private static final int FRAMES = 32;

  /**
   * Those that a checkpoint's files ask for; none for a model that reads text alone.
   *
   * @throws ai.pollux.content.processor.ProcessorException if a setting makes no sense
   */
  public static FrontEnds of(Checkpoint checkpoint, ModelInfo model) {
    if (model.media().isEmpty()) {
      MediaMarkup nothing = new MediaMarkup(Optional.empty(), Optional.empty(), Optional.empty());
      return new FrontEnds(nothing, Optional.empty(), Optional.empty(), FRAMES, Optional.empty());
    }
    ProcessorFiles files =
        checkpoint.kind() == Checkpoint.Kind.GGUF ? ofGguf(checkpoint) : ofFolder(checkpoint);
    String type = modelType(files);
    return new FrontEnds(
        markup(type),
        reads(model, MediaKind.IMAGE) ? ImageProcessors.forImages(files) : Optional.empty(),
        reads(model, MediaKind.VIDEO) || markup(type).video().isEmpty()
            ? ImageProcessors.forFrames(files)
            : Optional.empty(),
        files.video().member("num_frames") instanceof Json.Int(long count) && count > 0
            ? (int) Math.min(count, Integer.MAX_VALUE)
            : FRAMES,
        reads(model, MediaKind.AUDIO) ? Optional.of(sounds(files, type)) : Optional.empty());
  }

  private static boolean reads(ModelInfo model, MediaKind kind) {
    return model.media().contains(kind);
  }

  private static MediaMarkup markup(String type) {
    return switch (type) {
      case "gemma3" -> MediaMarkup.gemma3();
      case "gemma3n" -> MediaMarkup.gemma3n();
      default -> MediaMarkup.gemma4();
    };
  }

  private static SoundFrontEnd sounds(ProcessorFiles files, String type) {
    if (files.processor().member("feature_extractor") instanceof Json.Obj extractor) {
      return SoundFrontEnds.of(extractor);
    }
    return switch (type) {
      case "gemma3n" -> SoundFrontEnd.gemma3n();
      case "gemma4_unified" -> SoundFrontEnd.gemma4Unified();
      default -> SoundFrontEnd.gemma4();
    };
  }

  private static String modelType(ProcessorFiles files) {
    return files.config().member("model_type") instanceof Json.Str(String type) ? type : "";
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
