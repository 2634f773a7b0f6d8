package ai.pollux.train.data.world;

/** A kind of problem. No state: the same draws give the same problem. */
public interface Task {
  /** Like {@code picture.scene}: what it needs, then what it asks. Results are counted by it. */
  String name();

  /** Makes one. */
  Problem pose(Draw draw);
}
