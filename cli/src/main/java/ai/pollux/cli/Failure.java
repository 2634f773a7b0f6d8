package ai.pollux.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/** What a failed command says. */
final class Failure {
  /**
   * Failures of Java itself: nobody wrote their messages for a user, so they come with their stack
   * trace.
   */
  private static final Set<Class<?>> UNFORESEEN =
      Set.of(
          NullPointerException.class,
          ClassCastException.class,
          IndexOutOfBoundsException.class,
          ArrayIndexOutOfBoundsException.class,
          StringIndexOutOfBoundsException.class,
          NegativeArraySizeException.class,
          ArithmeticException.class,
          AssertionError.class);

  private Failure() {}

  static boolean isUnexpected(Throwable failure) {
    return UNFORESEEN.contains(failure.getClass());
  }

  static String message(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": not allowed to open it";
      case UncheckedIOException wrapped -> {
        Throwable cause = wrapped.getCause();
        yield cause == null ? wrapped.toString() : message(cause);
      }
      case OutOfMemoryError memory ->
          "out of memory (%s). Give Java more with POLLUX_JAVA_OPTS=-Xmx4g, or ask for a smaller --context"
              .formatted(memory.getMessage());
      default -> {
        String message = failure.getMessage();
        yield message == null || message.isBlank() || isUnexpected(failure)
            ? failure.toString()
            : message;
      }
    };
  }
}
