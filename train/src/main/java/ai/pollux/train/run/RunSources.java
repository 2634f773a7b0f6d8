package ai.pollux.train.run;

import ai.pollux.train.data.Source;
import ai.pollux.train.data.corpora.Corpus;
import ai.pollux.train.data.corpora.TrainingSets;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.World;
import ai.pollux.train.data.world.standard.SourceFiles;
import ai.pollux.train.data.world.standard.StandardWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources that a run's stages may name: {@code world} (conversations), {@code world-documents}
 * (the same as running text), and the public sets that may be learned from, by their names. Owns
 * them.
 *
 * @param training what is learned
 * @param heldOut what is only measured: the world's validation split by kind of task, and a
 *     fiftieth of each public set
 */
public record RunSources(List<Source> training, List<Source> heldOut) implements AutoCloseable {
  private static final String DIALOGUES = "world";
  private static final String DOCUMENTS = "world-documents";

  /** Copies the lists. */
  public RunSources {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Opens those that are named.
   *
   * @param data the folder of public data; tasks and sets whose files are not there are left out
   * @param seed of the world
   */
  public static RunSources open(Path data, long seed, Set<String> names) {
    List<Source> training = new ArrayList<>();
    List<Source> heldOut = new ArrayList<>();
    if (names.contains(DIALOGUES) || names.contains(DOCUMENTS)) {
      World world = world(data, seed);
      training.add(new WorldSource(DIALOGUES, world, Split.TRAIN, WorldSource.Form.DIALOGUE));
      training.add(new WorldSource(DOCUMENTS, world, Split.TRAIN, WorldSource.Form.DOCUMENT));
      kinds(world)
          .forEach((kind, tasks) ->
              heldOut.add(
                  new WorldSource(
                      DIALOGUES + " " + kind,
                      new World(seed, tasks),
                      Split.VALIDATION,
                      WorldSource.Form.DIALOGUE)));
    }
    for (Corpus corpus : TrainingSets.all()) {
      if (names.contains(corpus.name()) && Files.exists(data.resolve(corpus.place()))) {
        training.add(new HeldOut(corpus.open(data), false));
        heldOut.add(new HeldOut(corpus.open(data), true));
      }
    }
    return new RunSources(training, heldOut);
  }

  /** The standard world, of all that is in a folder. */
  private static World world(Path data, long seed) {
    try {
      return StandardWorld.of(seed, SourceFiles.read(data));
    } catch (IOException e) {
      throw new RunException("%s: cannot be read: %s".formatted(data, e.getMessage()), e);
    }
  }

  /** Tasks by the first part of their names. */
  private static Map<String, List<World.Share>> kinds(World world) {
    return world.tasks().stream()
        .collect(
            Collectors.groupingBy(
                share -> share.task().name().split("\\.")[0],
                LinkedHashMap::new,
                Collectors.toList()));
  }

  @Override
  public void close() {
    training.forEach(Source::close);
    heldOut.forEach(Source::close);
  }
}
