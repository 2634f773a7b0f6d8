package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Recordings of digits by some speakers. Each belongs to one split by its name. May be used by many
 * threads.
 */
public final class SpokenDigits {
  /**
   * A recording.
   *
   * @param samples at 16 kHz; shared
   */
  public record Clip(String name, int digit, String speaker, short[] samples) {}

  private final Map<Split, List<Clip>> clips = new EnumMap<>(Split.class);

  /** Sorts recordings into splits. */
  public SpokenDigits(List<Clip> all) {
    for (Split split : Split.values()) {
      clips.put(
          split, all.stream().filter(clip -> Split.of("clip " + clip.name) == split).toList());
    }
  }

  /** Any recording of a digit. */
  Clip clip(Draw draw, int digit) {
    return pick(draw, clip -> clip.digit == digit, "of a " + digit);
  }

  /** Any recording by somebody. */
  Clip clip(Draw draw, String speaker) {
    return pick(draw, clip -> clip.speaker.equals(speaker), "by " + speaker);
  }

  private Clip pick(Draw draw, Predicate<Clip> test, String what) {
    List<Clip> fit = new ArrayList<>();
    for (Clip clip : all(draw)) {
      if (test.test(clip)) {
        fit.add(clip);
      }
    }
    if (fit.isEmpty()) {
      throw new IllegalStateException(
          "no recording %s belongs to %s: give more recordings".formatted(what, draw.split()));
    }
    return draw.one(fit);
  }

  private List<Clip> all(Draw draw) {
    return clips.getOrDefault(draw.split(), List.of());
  }

  /** Who speaks in a split. */
  List<String> speakers(Draw draw) {
    return all(draw).stream().map(Clip::speaker).distinct().sorted().toList();
  }

  /** A spoken digit of the draw's split; varied in most cases. */
  public Medium.Sound sound(Draw draw, int digit) {
    return varied(draw, List.of(clip(draw, digit)));
  }

  /** Recordings one after the other, with what microphones and rooms do to them. */
  static Medium.Sound varied(Draw draw, List<Clip> clips) {
    boolean plain = draw.chance(0.4);
    Track track = new Track();
    track.silence(plain ? 0 : draw.uniform(0, 0.2));
    double speed = plain ? 1 : draw.uniform(0.88, 1.14);
    double gain = plain ? 1 : draw.uniform(0.4, 1.6);
    for (Clip clip : clips) {
      track.clip(clip.samples, speed, gain);
      track.silence(clips.size() > 1 ? draw.uniform(0.03, 0.15) : 0);
    }
    if (!plain) {
      track.silence(draw.uniform(0, 0.2));
      track.noise(draw.chance(0.5) ? 0 : draw.uniform(0.001, 0.03), draw);
    }
    return track.sound();
  }
}
