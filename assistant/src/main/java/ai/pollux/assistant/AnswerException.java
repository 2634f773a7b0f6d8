package ai.pollux.assistant;

import java.io.Serial;

/** The model failed in the middle of an answer. */
public final class AnswerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  AnswerException(String message) {
    super(message);
  }
}
