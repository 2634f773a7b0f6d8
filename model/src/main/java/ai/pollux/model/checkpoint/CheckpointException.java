package ai.pollux.model.checkpoint;

import java.nio.file.Path;

/**
 * A file of weights that cannot be used as it is. The message says which file, where in it, what
 * was expected and found, and what to do.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path file;

  CheckpointException(Path file, String problem) {
    super(file.getFileName() + ": " + problem);
    this.file = file;
  }

  CheckpointException(Path file, String problem, Throwable cause) {
    super(file.getFileName() + ": " + problem, cause);
    this.file = file;
  }

  /** The file or folder it is about. */
  public Path file() {
    return file;
  }
}
