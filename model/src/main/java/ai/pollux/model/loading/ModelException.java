package ai.pollux.model.loading;

/** A model that cannot be loaded. The message is for the person who named the file. */
public sealed class ModelException extends RuntimeException
    permits SettingException, WeightException {
  private static final long serialVersionUID = 1;

  /** Says what failed, where, and what to do. */
  public ModelException(String message) {
    super(message);
  }

  /** The same, and what it came from. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
