package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.World;
import java.util.List;

/** All tasks about drawn figures. */
public final class SceneTasks {
  /**
   * How a claim about boxes is put in the plainest case: the form to evaluate others' claims in.
   */
  public static final String CLAIM = "True or false: %s";

  private SceneTasks() {}

  /** With their shares. */
  public static List<World.Share> all() {
    return List.of(
        new World.Share(new SceneTask(), 4),
        new World.Share(new CompareTask(), 1.5),
        new World.Share(new BoxTask(), 4),
        new World.Share(new DescribeTask(), 3),
        new World.Share(new InventoryTask(), 3));
  }
}
