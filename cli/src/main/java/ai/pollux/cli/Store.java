package ai.pollux.cli;

import ai.pollux.assistant.store.HubSettings;
import ai.pollux.assistant.store.ModelStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The store of models of whoever runs a command. */
final class Store {
  private Store() {}

  /** As the environment says: {@code POLLUX_MODELS} and the hub's own variables. */
  static ModelStore open() {
    return open(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static ModelStore open(Map<String, String> environment, Path home) {
    // A property for tests, which cannot set their own environment.
    String named = System.getProperty("pollux.models", "");
    Path folder = named.isEmpty() ? ModelStore.folder(environment, home) : Path.of(named);
    return new ModelStore(folder, HubSettings.of(environment, home), Clock.systemUTC());
  }
}
