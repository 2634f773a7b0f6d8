package ai.pollux.cli;

import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.MemoryPlan;
import ai.pollux.model.MediaKind;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.ModelException;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux inspect}: what is in a file, without loading it. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows what a checkpoint holds: architecture, tensors, types, memory.",
    footer = {"", "Example: pollux inspect gemma-3-1b-it-q4_0.gguf --metadata"})
final class InspectCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  /** Of long metadata, as much as fits a line. */
  private static final int MOST_CHARACTERS = 100;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "What to look at.",
      converter = ModelPath.class)
  Path model = Path.of("");

  @Option(names = "--metadata", description = "Also every key that the file says of itself.")
  boolean metadata;

  @Option(
      names = "--mmproj",
      paramLabel = "FILE",
      description =
          "A GGUF file of encoders for images and sounds (default: the one beside the model).")
  @Nullable Path projector;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Checkpoint checkpoint =
        projector == null ? Models.open(model) : Models.open(model, projector)) {
      List<Entry> entries = new ArrayList<>();
      checkpoint.names().forEach(name -> entries.add(checkpoint.entry(name)));
      Optional<ModelInfo> info = Optional.empty();
      String problem = "";
      try {
        info = Optional.of(Models.inspect(checkpoint));
      } catch (ModelException e) {
        problem = Failure.message(e);
      }
      if (json) {
        out.println(
            JsonMapper.shared().writeValueAsString(report(checkpoint, entries, info, problem)));
      } else {
        print(out, checkpoint, entries, info, problem);
      }
    }
    out.flush();
    return 0;
  }

  private void print(
      PrintWriter out,
      Checkpoint checkpoint,
      List<Entry> entries,
      Optional<ModelInfo> info,
      String problem) {
    out.printf(
        "%s: %s, %d tensors, %s%n",
        model, checkpoint.kind(), entries.size(), Units.bytes(bytes(entries)));
    if (info.isPresent()) {
      printModel(out, info.get());
    } else {
      out.println("not a model that Pollux runs: " + problem);
    }
    out.println();
    out.println("types");
    types(entries)
        .forEach((type, sum) ->
            out.printf("  %-6s %5d tensors  %s%n", type, sum.tensors(), Units.bytes(sum.bytes())));
    if (metadata) {
      out.println();
      out.println("metadata");
      checkpoint
          .metadata()
          .keys()
          .forEach(key -> out.printf("  %s = %s%n", key, shortened(checkpoint, key)));
    }
    out.println();
    out.println("tensors");
    int longest = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(1);
    entries.forEach(entry ->
        out.printf(
            "  %-" + longest + "s  %-6s %-18s %s%n",
            entry.name(),
            entry.type(),
            entry.shape(),
            Units.bytes(entry.bytes())));
  }

  private static void printModel(PrintWriter out, ModelInfo info) {
    out.printf("architecture  %s%n", info.architecture());
    out.printf("parameters    %s%n", Units.count(info.parameters()));
    out.printf("layers        %d, hidden size %d%n", info.layers(), info.hiddenSize());
    out.printf("vocabulary    %d%n", info.vocabulary());
    out.printf("context       %d tokens%n", info.contextLength());
    out.printf("reads         %s%n", reads(info));
    long machine = ModelFlags.machineBytes();
    out.printf("memory        of %s on this machine:%n", Units.bytes(machine));
    for (BlockFormat format : List.of(Formats.F16, Formats.F32)) {
      MemoryPlan plan =
          new MemoryPlan(info, EngineOptions.of(info).withCacheFormat(format), machine);
      out.printf(
          "  %s cache   weights %s + cache %s (%d tokens) + workspace %s = %s: %s%n",
          format.name().toLowerCase(Locale.ROOT),
          Units.bytes(plan.weightBytes()),
          Units.bytes(plan.cacheBytes()),
          plan.options().cacheTokens(),
          Units.bytes(plan.workspaceBytes()),
          Units.bytes(plan.neededBytes()),
          plan.fits() ? "fits" : "does not fit");
    }
  }

  /** Like {@code text, image, video}. */
  private static String reads(ModelInfo info) {
    return Stream.concat(Stream.of("text"), info.media().stream().sorted().map(MediaKind::name))
        .map(kind -> kind.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private Map<String, Object> report(
      Checkpoint checkpoint, List<Entry> entries, Optional<ModelInfo> info, String problem) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("path", model.toString());
    report.put("kind", checkpoint.kind().name());
    info.ifPresent(known -> report.put("model", known));
    if (info.isEmpty()) {
      report.put("problem", problem);
    }
    report.put("types", types(entries));
    report.put(
        "tensors",
        entries.stream()
            .map(entry ->
                Map.of(
                    "name",
                    entry.name(),
                    "type",
                    entry.type(),
                    "shape",
                    entry.shape(),
                    "bytes",
                    entry.bytes()))
            .toList());
    if (metadata) {
      report.put(
          "metadata",
          checkpoint.metadata().keys().stream()
              .collect(
                  Collectors.toMap(
                      key -> key,
                      key -> shortened(checkpoint, key),
                      (a, b) -> a,
                      LinkedHashMap::new)));
    }
    return report;
  }

  /** How many tensors have a type, and what they take. */
  record Sum(int tensors, long bytes) {}

  private static Map<String, Sum> types(List<Entry> entries) {
    Map<String, Sum> types = new TreeMap<>();
    entries.forEach(entry ->
        types.merge(
            entry.type(),
            new Sum(1, entry.bytes()),
            (a, b) -> new Sum(a.tensors() + b.tensors(), a.bytes() + b.bytes())));
    return types;
  }

  private static long bytes(List<Entry> entries) {
    return entries.stream().mapToLong(Entry::bytes).sum();
  }

  private static String shortened(Checkpoint checkpoint, String key) {
    String text =
        switch (checkpoint.metadata().value(key).orElseThrow()) {
          case MetadataValue.Whole whole -> Long.toString(whole.value());
          case MetadataValue.Real real -> Double.toString(real.value());
          case MetadataValue.Flag flag -> Boolean.toString(flag.value());
          case MetadataValue.Text string -> string.value().replace("\n", "\\n");
          case MetadataValue.Items items -> "%d of %s".formatted(items.size(), items.type());
        };
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " …";
  }
}
