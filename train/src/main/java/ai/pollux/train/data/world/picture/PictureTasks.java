package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.draw.Typeface;
import java.util.List;

/** All tasks about writing in pictures. */
public final class PictureTasks {
  /** The plainest question about one digit: the form to evaluate others' images in. */
  public static final String DIGIT = "Which digit is this?";

  private PictureTasks() {}

  /** Those that need no source, with their shares. */
  public static List<World.Share> all() {
    List<Typeface> faces = Typeface.all();
    return List.of(
        new World.Share(new ReadTask(faces), 4),
        new World.Share(new LinesTask(faces), 1.5),
        new World.Share(new BarTask(faces), 1.5),
        new World.Share(new LineTask(faces), 1),
        new World.Share(new PieTask(faces), 1),
        new World.Share(new TableTask(faces), 1.5),
        new World.Share(new ClockTask(faces), 0.7));
  }

  /** Those with handwritten digits. */
  public static List<World.Share> handwriting(DigitImages digits) {
    return List.of(
        new World.Share(new HandwritingTask(digits), 3),
        new World.Share(new HandwrittenNumberTask(digits), 1.5),
        new World.Share(new HandwrittenSumTask(digits), 1),
        new World.Share(new HandwrittenGridTask(digits), 2));
  }
}
