package ai.pollux.content.processor;

import ai.pollux.content.Json;
import ai.pollux.content.audio.SoundFrontEnd;
import ai.pollux.content.audio.SoundFrontEnds;
import java.util.Optional;

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

  /** Of a model that reads text alone. */
  public static FrontEnds none() {
    MediaMarkup nothing = new MediaMarkup(Optional.empty(), Optional.empty(), Optional.empty());
    return new FrontEnds(nothing, Optional.empty(), Optional.empty(), FRAMES, Optional.empty());
  }

  /**
   * Those that a checkpoint's files ask for.
   *
   * @param seesImages whether the model has an encoder of images; likewise the others
   * @throws ProcessorException if a setting makes no sense
   */
  public static FrontEnds of(
      ProcessorFiles files, boolean seesImages, boolean seesVideos, boolean hears) {
    if (!seesImages && !seesVideos && !hears) {
      return none();
    }
    MediaMarkup markup = markup(files.modelType());
    return new FrontEnds(
        markup,
        seesImages ? ImageProcessors.forImages(files) : Optional.empty(),
        seesVideos || markup.video().isEmpty()
            ? ImageProcessors.forFrames(files)
            : Optional.empty(),
        files.video().member("num_frames") instanceof Json.Int(long count) && count > 0
            ? (int) Math.min(count, Integer.MAX_VALUE)
            : FRAMES,
        hears ? Optional.of(sounds(files)) : Optional.empty());
  }

  private static MediaMarkup markup(String type) {
    return switch (type) {
      case "gemma3" -> MediaMarkup.gemma3();
      case "gemma3n" -> MediaMarkup.gemma3n();
      default -> MediaMarkup.gemma4();
    };
  }

  private static SoundFrontEnd sounds(ProcessorFiles files) {
    if (files.processor().member("feature_extractor") instanceof Json.Obj extractor) {
      return SoundFrontEnds.of(extractor);
    }
    return switch (files.modelType()) {
      case "gemma3n" -> SoundFrontEnd.gemma3n();
      case "gemma4_unified" -> SoundFrontEnd.gemma4Unified();
      default -> SoundFrontEnd.gemma4();
    };
  }
}
