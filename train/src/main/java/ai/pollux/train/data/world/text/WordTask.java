package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import java.util.List;
import java.util.function.Function;

/** One question in words with one short answer. */
record WordTask(String name, Function<Draw, Quiz.Item> item) implements Task {
  @Override
  public Problem pose(Draw draw) {
    return Quiz.of(draw, name, List.of(), List.of(item.apply(draw)));
  }
}
