package ai.pollux.train.tuning;

import java.nio.file.Path;

/** A folder of adapters that cannot be used, and why. */
public final class AdapterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AdapterException(Path file, String what) {
    super(file + ": " + what);
  }
}
