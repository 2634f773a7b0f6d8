package ai.pollux.content;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which part of a video to look at, and how often.
 *
 * @param start from where on
 * @param end up to where; absent for its end
 * @param framesPerSecond frames taken in a second; absent for what the model's settings say
 */
public record Clip(Duration start, Optional<Duration> end, OptionalDouble framesPerSecond) {
  /** All of it. */
  public static final Clip WHOLE =
      new Clip(Duration.ZERO, Optional.empty(), OptionalDouble.empty());

  /**
   * Refuses what shows nothing.
   *
   * @throws IllegalArgumentException naming the value, what was expected and found
   */
  public Clip {
    if (start.isNegative()) {
      throw new IllegalArgumentException("start: expected 0 s or later, found " + start);
    }
    if (end.isPresent() && end.get().compareTo(start) <= 0) {
      throw new IllegalArgumentException(
          "end: expected later than the start, %s, found %s".formatted(start, end.get()));
    }
    double rate = framesPerSecond.orElse(1);
    if (!(rate > 0 && rate <= 24)) {
      throw new IllegalArgumentException(
          "fps: expected more than 0 and at most 24 frames per second, found " + rate);
    }
  }
}
