package ai.pollux.train.data.screen;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a screening left out.
 *
 * @param source name of the source
 * @param samples all it has
 * @param kept those that passed
 * @param reasons of each check, in the order they were asked
 */
public record ScreenReport(String source, long samples, long kept, List<Reason> reasons) {
  /** Copies the list. */
  public ScreenReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * What one check left out.
   *
   * @param examples the first few: {@code 17: 3 words, not 50 to 100000}
   */
  public record Reason(String check, long dropped, List<String> examples) {}

  /** Records that could not be read: counted elsewhere, and not kept. */
  public long unreadable() {
    return samples - kept - reasons.stream().mapToLong(Reason::dropped).sum();
  }

  /** For people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append("%s: %d of %d kept%n".formatted(source, kept, samples));
    if (unreadable() > 0) {
      out.append("  unreadable: %d%n".formatted(unreadable()));
    }
    for (Reason reason : reasons) {
      out.append("  %s: %d%n".formatted(reason.check(), reason.dropped()));
      reason.examples().forEach(each -> out.append("    %s%n".formatted(each)));
    }
    return out.toString();
  }

  /** For programs. */
  public Json.Obj json() {
    List<Json> each = new ArrayList<>();
    for (Reason reason : reasons) {
      each.add(
          Json.object(
              "check", Json.of(reason.check()),
              "dropped", Json.of(reason.dropped()),
              "examples", Json.strings(reason.examples())));
    }
    return Json.object(
        "source", Json.of(source),
        "samples", Json.of(samples),
        "kept", Json.of(kept),
        "unreadable", Json.of(unreadable()),
        "checks", new Json.Arr(each));
  }

  /** Counts while a screening runs. */
  static final class Tally {
    private static final int EXAMPLES = 5;

    private final String source;
    private final Map<String, List<String>> examples = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private long kept;

    Tally(String source, List<? extends Check> checks) {
      this.source = source;
      for (Check check : checks) {
        dropped.put(check.name(), 0L);
        examples.put(check.name(), new ArrayList<>());
      }
    }

    void kept() {
      kept++;
    }

    void dropped(String check, long index, String why) {
      dropped.merge(check, 1L, Long::sum);
      List<String> some = examples.computeIfAbsent(check, _ -> new ArrayList<>());
      if (some.size() < EXAMPLES) {
        some.add(index + ": " + why);
      }
    }

    ScreenReport report(long samples) {
      List<Reason> reasons = new ArrayList<>();
      dropped.forEach((check, count) ->
          reasons.add(
              new Reason(check, count, List.copyOf(examples.getOrDefault(check, List.of())))));
      return new ScreenReport(source, samples, kept, reasons);
    }
  }
}
