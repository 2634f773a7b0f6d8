package ai.pollux.train.data.batch;

import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Source;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run learns from.
 *
 * @param stages one after the other; a source goes on in each where it stopped
 * @param mostEpochs how often a source may be gone through, by name; as often as it takes where it
 *     is not named
 * @param seed decides the order of every epoch
 */
public record Mixture(List<Stage> stages, Map<String, Integer> mostEpochs, long seed) {
  /** Copies the lists. */
  public Mixture {
    stages = List.copyOf(stages);
    mostEpochs = Map.copyOf(mostEpochs);
    if (stages.isEmpty()) {
      throw new DataException("A mixture needs a stage, found none.");
    }
  }

  /** One stage of shares of tokens, without end. */
  public static Mixture of(Map<String, Double> weights, long seed) {
    Stage stage = new Stage("all", new Stage.Length.Exhausted(), Stage.Measure.TOKENS, weights);
    return new Mixture(List.of(stage), Map.of(), seed);
  }

  /**
   * Checks that the sources are there, and no other names used.
   *
   * @throws DataException where they are not
   */
  void require(List<Source> sources) {
    Set<String> names = new HashSet<>();
    for (Source source : sources) {
      if (!names.add(source.name())) {
        throw new DataException(
            "Two sources are called %s. Give each a name of its own.".formatted(source.name()));
      }
      if (source.size() < 1) {
        throw new DataException(
            "Source %s has no samples. Leave it out, or check what it reads."
                .formatted(source.name()));
      }
    }
    Map<String, String> used = new LinkedHashMap<>();
    stages.forEach(stage -> stage.weights().keySet().forEach(name -> used.put(name, stage.name())));
    mostEpochs.keySet().forEach(name -> used.put(name, "epochs"));
    used.forEach((name, stage) -> {
      if (!names.contains(name)) {
        throw new DataException(
            "%s: no source is called %s; there are %s."
                .formatted(stage, name, names.stream().sorted().toList()));
      }
    });
  }

  /** The order of one epoch of a source. */
  Order order(Source source, long epoch) {
    long own = Permutation.mix(seed ^ Permutation.mix(source.name().hashCode()));
    return new Order(source.size(), source.run(), Permutation.mix(own + epoch));
  }
}
