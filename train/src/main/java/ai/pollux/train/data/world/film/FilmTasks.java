package ai.pollux.train.data.world.film;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.World;
import java.util.List;
import java.util.function.Function;

/** All tasks about films. */
public final class FilmTasks {
  private FilmTasks() {}

  private record FilmTask(String name, Function<Draw, Scripts.Shot> script) implements Task {
    @Override
    public Problem pose(Draw draw) {
      Scripts.Shot shot = script.apply(draw);
      return Quiz.of(draw, name, List.of(shot.reel().film()), shot.items());
    }
  }

  /** With their shares. */
  public static List<World.Share> all() {
    return List.of(
        new World.Share(new FilmTask("film.direction", Scripts::direction), 1.2),
        new World.Share(new FilmTask("film.speed", Scripts::speed), 0.5),
        new World.Share(new FilmTask("film.events", Scripts::events), 0.8),
        new World.Share(new FilmTask("film.bounce", Scripts::bounce), 0.4),
        new World.Share(new FilmTask("film.change", Scripts::change), 0.5));
  }
}
