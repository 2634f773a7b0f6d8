package ai.pollux.content.processor;

import ai.pollux.content.audio.SoundClips;
import ai.pollux.content.audio.SoundFeatures;
import ai.pollux.content.image.RgbImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A medium as an encoder reads it, with what it takes of a prompt. */
public sealed interface PreparedMedium {
  /** What it takes of a prompt. */
  PromptMedium place();

  /**
   * An image with its crops, or the frames of a video.
   *
   * @param images one for each run of soft tokens, in order
   */
  record Pictures(PromptMedium place, List<ProcessedImage> images) implements PreparedMedium {
    /** Copies the list. */
    public Pictures {
      images = List.copyOf(images);
    }
  }

  /** A clip of sound. */
  record Sound(SoundFeatures features) implements PreparedMedium {
    @Override
    public PromptMedium place() {
      return new PromptMedium.Sound(features.tokens());
    }
  }

  /** An image. */
  static PreparedMedium image(ImageProcessor processor, RgbImage image) {
    List<ProcessedImage> made = processor.process(image);
    return new Pictures(PromptMedium.Image.of(made), made);
  }

  /** A sound: one medium for each clip that the front end cuts it into. */
  static List<PreparedMedium> sound(SoundClips clips) {
    List<PreparedMedium> media = new ArrayList<>();
    clips.forEachRemaining(clip -> media.add(new Sound(clip)));
    return media;
  }

  /**
   * A video. Families with a mark for videos get one medium of all frames; to others each frame is
   * an image.
   *
   * @param times when each frame is shown, from the video's beginning
   * @param frames what the processor made of each
   */
  static List<PreparedMedium> video(
      MediaMarkup markup, List<Duration> times, List<ProcessedImage> frames) {
    if (markup.video().isEmpty()) {
      return frames.stream()
          .<PreparedMedium>map(
              frame -> new Pictures(PromptMedium.Image.of(List.of(frame)), List.of(frame)))
          .toList();
    }
    List<PromptMedium.Frame> places = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      places.add(new PromptMedium.Frame(times.get(i), frames.get(i).softTokens()));
    }
    return List.of(new Pictures(new PromptMedium.Video(places), frames));
  }
}
