package ai.pollux.torch;

/** What libtorch refused, with the operation and the shapes it was given. */
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String operation;

  TorchException(String operation, String message, Throwable cause) {
    super(operation + ": " + message, cause);
    this.operation = operation;
  }

  /** Which operation it was. */
  public String operation() {
    return operation;
  }
}
