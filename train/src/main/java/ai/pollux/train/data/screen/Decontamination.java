package ai.pollux.train.data.screen;

import ai.pollux.content.Json;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out samples that overlap with benchmarks, and remembers which for which. One serves all
 * sources of a run; its report is for the model card.
 */
public final class Decontamination implements Check {
  private static final int EXAMPLES = 5; // for each benchmark

  private final BenchmarkIndex index;
  private final int least;
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private final List<Removal> examples = new ArrayList<>();
  private long seen;
  private long dropped;

  /**
   * One sample that was left out.
   *
   * @param source of the sample
   * @param benchmarks that it overlaps with
   * @param overlap the first n-gram found, or what is the same
   */
  public record Removal(String source, List<String> benchmarks, String overlap) {}

  /**
   * Looks for what an index holds.
   *
   * @param least how many n-grams a text must have in common to be left out
   */
  public Decontamination(BenchmarkIndex index, int least) {
    this.index = index;
    this.least = least;
    index.names().forEach(name -> removed.put(name, 0L));
  }

  @Override
  public String name() {
    return "benchmark";
  }

  @Override
  public Optional<String> objection(Sample sample) {
    seen++;
    BenchmarkIndex.Overlap found = index.find(SampleText.words(sample));
    if (found.count() < least) {
      found = BenchmarkIndex.Overlap.NONE;
    }
    for (Medium medium : SampleText.media(sample)) {
      found = found.and(index.find(medium));
    }
    if (found.bits() == 0) {
      return Optional.empty();
    }
    List<String> benchmarks = index.names(found.bits());
    dropped++;
    long before = benchmarks.stream().mapToLong(removed::get).min().orElse(0);
    benchmarks.forEach(name -> removed.merge(name, 1L, Long::sum));
    if (before < EXAMPLES) {
      examples.add(new Removal(sample.source(), benchmarks, found.first()));
    }
    return Optional.of("overlaps with %s: \"%s\"".formatted(benchmarks, found.first()));
  }

  /** How many samples were left out for each benchmark. */
  public Map<String, Long> removed() {
    return Map.copyOf(removed);
  }

  /** For people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%d of %d samples overlap with a benchmark (%d n-grams looked for, %d items too short)%n"
            .formatted(dropped, seen, index.grams(), index.tooShort()));
    removed.forEach((name, count) -> out.append("  %s: %d%n".formatted(name, count)));
    for (Removal each : examples) {
      out.append(
          "    %s for %s: \"%s\"%n".formatted(each.source(), each.benchmarks(), each.overlap()));
    }
    return out.toString();
  }

  /** For programs. */
  public Json.Obj json() {
    Map<String, Json> counts = new LinkedHashMap<>();
    removed.forEach((name, count) -> counts.put(name, Json.of(count)));
    List<Json> some = new ArrayList<>();
    for (Removal each : examples) {
      some.add(
          Json.object(
              "source", Json.of(each.source()),
              "benchmarks", Json.strings(each.benchmarks()),
              "overlap", Json.of(each.overlap())));
    }
    return Json.object(
        "samples", Json.of(seen),
        "dropped", Json.of(dropped),
        "grams", Json.of(index.grams()),
        "tooShort", Json.of(index.tooShort()),
        "removed", new Json.Obj(counts),
        "examples", new Json.Arr(some));
  }
}
