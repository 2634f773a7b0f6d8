package ai.pollux.content.processor;

import java.io.Serial;

/**
 * A checkpoint's settings of its front ends cannot be used. The message says where, what was
 * expected and found; it is for the person who named the checkpoint.
 */
public final class ProcessorException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What failed. */
  public ProcessorException(String message) {
    super(message);
  }

  /** What failed, and what it came from. */
  public ProcessorException(String message, Throwable cause) {
    super(message, cause);
  }
}
