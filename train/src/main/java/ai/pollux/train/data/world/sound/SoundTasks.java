package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.Medium;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.World;
import java.util.List;

/** All tasks about sounds. */
public final class SoundTasks {
  /** The plainest question about one spoken digit: the form to evaluate others' recordings in. */
  public static final String DIGIT = "Which digit is spoken?";

  private SoundTasks() {}

  /** Those that need no source, with their shares. */
  public static List<World.Share> all() {
    return List.of(
        new World.Share(new ToneTask("sound.beeps", Tones::beeps), 1),
        new World.Share(new ToneTask("sound.pitch", Tones::pitch), 0.8),
        new World.Share(new ToneTask("sound.glide", Tones::glide), 0.8),
        new World.Share(new ToneTask("sound.pattern", Tones::pattern), 0.8),
        new World.Share(new ToneTask("sound.order", Tones::order), 0.6));
  }

  /** Those with speech. */
  public static List<World.Share> speech(SpokenDigits digits) {
    return List.of(
        new World.Share(new SpeechTasks.One(digits), 3),
        new World.Share(new SpeechTasks.Row(digits), 1.5),
        new World.Share(new SpeechTasks.Speakers(digits), 0.7));
  }

  /** So many beeps, to be combined with other media. */
  public static Medium.Sound beeps(Draw draw, int count) {
    Track track = new Track().silence(draw.uniform(0.02, 0.15));
    double length = draw.uniform(0.06, 0.12);
    double gap = draw.uniform(0.1, 0.2);
    Tones.add(track, count, length, gap, Voice.hz(draw.between(0, 24)), Voice.draw(draw));
    return track.silence(draw.uniform(0.02, 0.15)).sound();
  }
}
