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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The sources that a run's stages may name: {@code world} (made problems as conversations), {@code
 * world-documents} (the same as running text), either with a dot and the beginning of the names of
 * the tasks that are meant, as {@code world.sound} or {@code world.picture.read}; and the public
 * sets that may be learned from, by their names. Owns them.
 *
 * @param training what is learned
 * @param heldOut what is only measured: the world's validation split by kind of task, and a
 *     fiftieth of each public set
 */
public record RunSources(List<Source> training, List<Source> heldOut) implements AutoCloseable {
  private static final Pattern WORLD = Pattern.compile("(world|world-documents)(?:\\.(.+))?");

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
   * @throws RunException if a name stands for no source, whether its files are there or not
   */
  public static RunSources open(Path data, long seed, Set<String> names) {
    List<Source> training = new ArrayList<>();
    List<Source> heldOut = new ArrayList<>();
    Optional<World> world =
        names.stream().anyMatch(name -> WORLD.matcher(name).matches())
            ? Optional.of(world(data, seed))
            : Optional.empty();
    for (String name : names.stream().sorted().toList()) {
      Matcher part = WORLD.matcher(name);
      if (part.matches()) {
        training.add(worldSource(name, part, world.orElseThrow()));
      } else if (TrainingSets.all().stream().noneMatch(corpus -> corpus.name().equals(name))) {
        throw new RunException(
            "source %s: expected world, world-documents, or one of %s"
                .formatted(name, TrainingSets.all().stream().map(Corpus::name).toList()));
      }
    }
    world.ifPresent(whole ->
        kinds(whole)
            .forEach((kind, tasks) ->
                heldOut.add(
                    new WorldSource(
                        "world " + kind,
                        new World(seed, tasks),
                        Split.VALIDATION,
                        WorldSource.Form.DIALOGUE))));
    for (Corpus corpus : TrainingSets.all()) {
      if (names.contains(corpus.name()) && Files.exists(data.resolve(corpus.place()))) {
        training.add(new HeldOut(corpus.open(data), false));
        heldOut.add(new HeldOut(corpus.open(data), true));
      }
    }
    return new RunSources(training, heldOut);
  }

  private static WorldSource worldSource(String name, Matcher part, World whole) {
    String beginning = part.group(2) == null ? "" : part.group(2);
    List<World.Share> tasks =
        whole.tasks().stream().filter(share -> share.task().name().startsWith(beginning)).toList();
    if (tasks.isEmpty()) {
      throw new RunException(
          "source %s: no task's name begins with %s, or its files are absent. There are %s"
              .formatted(name, beginning, whole.names()));
    }
    WorldSource.Form form =
        part.group(1).equals("world") ? WorldSource.Form.DIALOGUE : WorldSource.Form.DOCUMENT;
    return new WorldSource(name, new World(whole.seed(), tasks), Split.TRAIN, form);
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
