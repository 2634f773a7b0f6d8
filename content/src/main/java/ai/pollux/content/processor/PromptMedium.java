package ai.pollux.content.processor;

import java.time.Duration;
import java.util.List;

/** What one image, sound or video takes of a prompt. */
public sealed interface PromptMedium {
  /**
   * An image.
   *
   * @param softTokens tokens of the whole image, and of each crop
   * @param crops how many crops follow the whole image
   */
  record Image(int softTokens, int crops) implements PromptMedium {
    /** What a processor made of an image. */
    public static Image of(List<ProcessedImage> made) {
      return new Image(made.getFirst().softTokens(), made.size() - 1);
    }
  }

  /** A sound. */
  record Sound(int softTokens) implements PromptMedium {}

  /** Frames of a video, in order. */
  record Video(List<Frame> frames) implements PromptMedium {
    /** Copies the list. */
    public Video {
      frames = List.copyOf(frames);
    }
  }

  /**
   * A frame.
   *
   * @param time when it is shown, from the video's beginning
   */
  record Frame(Duration time, int softTokens) {}
}
