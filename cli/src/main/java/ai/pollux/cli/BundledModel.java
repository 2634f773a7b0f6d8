package ai.pollux.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The model that comes with Pollux: what commands run where none is named. */
final class BundledModel {
  /** What it is called on the command line and by clients. */
  static final String NAME = "pollux-nano";

  /** Where Pollux itself is, as its launcher says. */
  private static final String HOME = "pollux.home";

  private BundledModel() {}

  /** Its folder; empty where Pollux was started without its launcher. */
  static Optional<Path> folder() {
    String home = System.getProperty(HOME, "");
    return home.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(home, "models", NAME)).filter(Files::isDirectory);
  }
}
