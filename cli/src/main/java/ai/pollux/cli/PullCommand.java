package ai.pollux.cli;

import ai.pollux.assistant.store.ModelName;
import ai.pollux.assistant.store.ModelStore;
import ai.pollux.assistant.store.StoredModel;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux pull}. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Fetches a model from the Hugging Face hub. What came is kept when it is interrupted: pull again to go on.",
    footer = {
      "",
      "NAME is owner/repo, owner/repo:Q4_0 for one GGUF of several, owner/repo@revision, or a tier.",
      "HF_TOKEN opens gated models, HF_ENDPOINT names a mirror, HF_HUB_OFFLINE=1 forbids the network,",
      "POLLUX_MODELS is the folder of the store.",
      "Example: pollux pull ggml-org/gemma-3-4b-it-GGUF:Q4_K_M"
    })
final class PullCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "What to fetch.")
  String name = "";

  @Option(names = "--json", description = "One JSON object that says what was fetched.")
  boolean json;

  @Override
  public Integer call() throws InterruptedException {
    ModelStore store = Store.open();
    ModelName wanted = ModelName.parse(store.nameOf(name));
    StoredModel model;
    try (ProgressBar bar = new ProgressBar("pulling")) {
      TransferRate rate = new TransferRate(System::nanoTime);
      model = store.pull(wanted, (done, total) -> bar.update(done, total, rate.after(done, total)));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json
            ? JsonMapper.shared().writeValueAsString(report(model))
            : "%s  %s  %s".formatted(model.name(), Units.bytes(model.bytes()), model.path()));
    out.flush();
    return 0;
  }

  /** What scripts read of a model. */
  static Map<String, Object> report(StoredModel model) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("name", model.name());
    report.put("commit", model.commit());
    report.put("path", model.path().toString());
    report.put("bytes", model.bytes());
    report.put("pulled", model.pulled().toString());
    report.put("files", model.files().stream().map(StoredModel.File::path).toList());
    return report;
  }
}
