package ai.pollux.train.data.world.sound;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.List;
import java.util.function.Function;

/** Questions about a made sound. */
record ToneTask(String name, Function<Draw, Tones.Heard> make) implements Task {
  @Override
  public Problem pose(Draw draw) {
    Tones.Heard heard = make.apply(draw);
    return Quiz.of(draw, name, List.of(heard.track().sound()), heard.items());
  }
}
