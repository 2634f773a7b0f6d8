package ai.pollux.cli;

import ai.pollux.train.recipe.Estimate;
import ai.pollux.train.recipe.Hardware;
import ai.pollux.train.recipe.Recipe;
import ai.pollux.train.recipe.Recipes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux recipes}: the sizes that can be trained, and what that would take. */
@Command(
    name = "recipes",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the sizes that pollux train knows, with the memory and time that training takes.",
      "Estimates: f32 weights and moments, products in bfloat16, blocks computed twice."
    },
    footer = {"", "Example: pollux recipes nano-3.25b --tokens 100e9 --rows 8192"})
final class RecipesCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "One of them (default: all).")
  @Nullable String name;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "Tokens of the run (default: 20 for each weight, as Hoffmann et al. found).")
  @Nullable Double tokens;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "8192",
      description = "Tokens of a batch (default: ${DEFAULT-VALUE}).")
  int rows;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    List<Recipe> recipes = name == null ? Recipes.all() : List.of(Recipes.named(name));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      List<Map<String, Object>> all = recipes.stream().map(this::report).toList();
      out.println(JsonMapper.shared().writeValueAsString(Map.of("recipes", all)));
    } else {
      recipes.forEach(recipe -> print(out, recipe));
    }
    out.flush();
    return 0;
  }

  private double tokens(Recipe recipe) {
    return tokens == null ? (double) Estimate.TOKENS_PER_WEIGHT * recipe.parameterCount() : tokens;
  }

  private void print(PrintWriter out, Recipe recipe) {
    double all = tokens(recipe);
    Estimate estimate = Estimate.of(recipe, rows, all);
    out.printf(
        "%s: %s weights, %d layers of %d; %s tokens, %s of memory%n",
        recipe.name(),
        Units.count(recipe.parameterCount()),
        recipe.layers(),
        recipe.hiddenSize(),
        Units.count((long) all),
        Units.bytes(estimate.bytes()));
    for (Hardware machine : Hardware.named()) {
      String time =
          estimate.fits(machine)
              ? Units.duration(Duration.ofSeconds((long) estimate.seconds(machine)))
              : "does not fit";
      out.printf("  %-26s %s%n", machine.name(), time);
    }
  }

  private Map<String, Object> report(Recipe recipe) {
    double all = tokens(recipe);
    Estimate estimate = Estimate.of(recipe, rows, all);
    List<Map<String, Object>> machines = new ArrayList<>();
    for (Hardware machine : Hardware.named()) {
      machines.add(
          Map.of(
              "name",
              machine.name(),
              "fits",
              estimate.fits(machine),
              "seconds",
              Math.rint(estimate.seconds(machine))));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("name", recipe.name());
    report.put("parameters", recipe.parameterCount());
    report.put("tokens", all);
    report.put("bytes", estimate.bytes());
    report.put("hardware", machines);
    return report;
  }
}
