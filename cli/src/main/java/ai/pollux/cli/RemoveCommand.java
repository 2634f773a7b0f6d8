package ai.pollux.cli;

import ai.pollux.assistant.store.ModelName;
import ai.pollux.assistant.store.ModelStore;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pollux rm}. */
@Command(
    name = "rm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Deletes a model from the store, with the files that no other model has.",
    footer = {"", "Example: pollux rm ggml-org/gemma-3-4b-it-GGUF:Q4_K_M"})
final class RemoveCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "What to delete, as list shows it.")
  String name = "";

  @Override
  public Integer call() throws InterruptedException {
    ModelStore store = Store.open();
    long freed = store.remove(ModelName.parse(store.nameOf(name)));
    PrintWriter out = spec.commandLine().getOut();
    out.println("removed " + name + ", freed " + Units.bytes(freed));
    out.flush();
    return 0;
  }
}
