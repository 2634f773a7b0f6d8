package ai.pollux.cli;

import ai.pollux.assistant.store.ModelStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux tiers}. */
@Command(
    name = "tiers",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows what nano, pro and ultra stand for, or sets one of them, or a name of your own.",
    footer = {"", "Example: pollux tiers nano ggml-org/gemma-3-4b-it-GGUF:Q4_K_M"})
final class TiersCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", arity = "0..1", paramLabel = "TIER", description = "Which to set.")
  @Nullable String tier;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "What it stands for from now on: a name on the hub, or a path.")
  @Nullable String model;

  @Override
  public Integer call() {
    ModelStore store = Store.open();
    String named = tier;
    String target = model;
    if (named != null) {
      if (target == null) {
        throw new ParameterException(
            spec.commandLine(), "Missing MODEL: what " + named + " is to stand for");
      }
      store.setTier(named, target);
    }
    PrintWriter out = spec.commandLine().getOut();
    store.tiers().forEach((name, stands) -> out.printf("%-10s %s%n", name, stands));
    out.flush();
    return 0;
  }
}
