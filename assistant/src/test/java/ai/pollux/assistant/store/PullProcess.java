package ai.pollux.assistant.store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Pulls in a process of its own, which a test may kill: folder and hub are its arguments. */
final class PullProcess {
  static final HubSettings SETTINGS =
      new HubSettings(
          URI.create("http://127.0.0.1"),
          Optional.empty(),
          false,
          4,
          Duration.ofMillis(1),
          Duration.ofSeconds(5),
          2,
          16 << 10);

  private PullProcess() {}

  static ModelStore store(Path folder, URI hub) {
    HubSettings settings =
        new HubSettings(
            hub,
            Optional.empty(),
            false,
            SETTINGS.attempts(),
            SETTINGS.firstPause(),
            SETTINGS.stall(),
            SETTINGS.connections(),
            SETTINGS.partBytes());
    return new ModelStore(folder, settings, Clock.systemUTC());
  }

  public static void main(String[] arguments) throws InterruptedException {
    store(Path.of(arguments[0]), URI.create(arguments[1]))
        .pull(ModelName.parse("maker/model"), PullProgress.NONE);
  }
}
