package ai.pollux.library;

import ai.pollux.assistant.store.HubSettings;
import ai.pollux.assistant.store.ModelName;
import ai.pollux.assistant.store.ModelStore;
import ai.pollux.assistant.store.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Where a model is that was named by its path, its tier, or what it was pulled as. */
final class NamedModel {
  private NamedModel() {}

  static Path path(String model) {
    return path(model, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path path(String model, Map<String, String> environment, Path home) {
    Path path = Path.of(model);
    if (Files.exists(path)) {
      return path;
    }
    ModelStore store =
        new ModelStore(
            ModelStore.folder(environment, home),
            HubSettings.of(environment, home),
            Clock.systemUTC());
    String name = store.nameOf(model);
    if (ModelName.isName(name)) {
      return store
          .find(ModelName.parse(name))
          .map(StoredModel::path)
          .orElseThrow(() -> missing(model, "Fetch it: pollux pull " + model));
    }
    if (!name.equals(model) && Files.exists(Path.of(name))) {
      return Path.of(name);
    }
    throw missing(
        model,
        "Expected a folder, a file, or a name as pollux pull takes it; pollux-nano is the one that comes along");
  }

  private static PolluxException missing(String model, String advice) {
    return new PolluxException(
        "%s: no such file or folder, and not among the models that were pulled. %s"
            .formatted(model, advice));
  }
}
