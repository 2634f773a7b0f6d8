package ai.pollux.cli;

import ai.pollux.assistant.store.ModelStore;
import ai.pollux.assistant.store.StoredModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the models in the store.",
    footer = {"", "Example: pollux list --json"})
final class ListCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "One JSON object with models, unfinished ones and tiers.")
  boolean json;

  @Override
  public Integer call() {
    ModelStore store = Store.open();
    List<StoredModel> models = store.list();
    List<StoredModel> unfinished = store.unfinished();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.shared()
              .writeValueAsString(
                  Map.of(
                      "models", models.stream().map(PullCommand::report).toList(),
                      "unfinished", unfinished.stream().map(StoredModel::name).toList(),
                      "tiers", store.tiers())));
    } else {
      BundledModel.folder()
          .ifPresent(folder -> out.printf("%-50s %10s%n", BundledModel.NAME, "bundled"));
      for (StoredModel model : models) {
        out.printf(
            "%-50s %10s  %s%n",
            model.name(), Units.bytes(model.bytes()), model.commit().substring(0, 8));
      }
      for (StoredModel model : unfinished) {
        out.printf("%-50s unfinished: pollux pull %s%n", model.name(), model.name());
      }
      if (models.isEmpty() && unfinished.isEmpty()) {
        out.println("No models yet. Fetch one: pollux pull NAME");
      }
    }
    out.flush();
    return 0;
  }
}
