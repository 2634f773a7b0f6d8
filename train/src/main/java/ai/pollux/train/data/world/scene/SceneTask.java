package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.List;

/** Three to six questions about one scene. */
record SceneTask() implements Task {
  @Override
  public String name() {
    return "picture.scene";
  }

  @Override
  public Problem pose(Draw draw) {
    int most = draw.of(3, 5, 8);
    Scene scene = draw.fresh(() -> Scene.of(draw, most), Scene::content);
    List<Quiz.Item> items = new SceneQuestions(draw, scene).some(draw.between(3, 6));
    return Quiz.of(draw, name(), List.of(scene.picture(draw)), items);
  }
}
