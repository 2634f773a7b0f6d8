package ai.pollux.train.data.world.standard;

import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.film.FilmTasks;
import ai.pollux.train.data.world.mixed.MixedTasks;
import ai.pollux.train.data.world.picture.PictureTasks;
import ai.pollux.train.data.world.scene.SceneTasks;
import ai.pollux.train.data.world.sound.SoundTasks;
import ai.pollux.train.data.world.text.TextTasks;
import java.util.ArrayList;
import java.util.List;

/** The world with all tasks there are. */
public final class StandardWorld {
  private StandardWorld() {}

  /** All tasks whose sources are there, in the order of docs/world.md. */
  public static World of(long seed, WorldSources sources) {
    List<World.Share> tasks = new ArrayList<>(TextTasks.all());
    if (!sources.stories().isEmpty()) {
      tasks.add(TextTasks.stories(sources.stories()));
    }
    if (!sources.prose().isEmpty()) {
      tasks.add(TextTasks.prose(sources.prose()));
    }
    tasks.addAll(SceneTasks.all());
    tasks.addAll(PictureTasks.all());
    sources.images().ifPresent(images -> tasks.addAll(PictureTasks.handwriting(images)));
    tasks.addAll(SoundTasks.all());
    sources.voices().ifPresent(voices -> tasks.addAll(SoundTasks.speech(voices)));
    tasks.addAll(FilmTasks.all());
    tasks.addAll(MixedTasks.all());
    sources
        .images()
        .ifPresent(images ->
            sources.voices().ifPresent(voices -> tasks.addAll(MixedTasks.digits(images, voices))));
    return new World(seed, tasks);
  }
}
