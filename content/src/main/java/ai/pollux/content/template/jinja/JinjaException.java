package ai.pollux.content.template.jinja;

/** A template is broken, refuses its input by {@code raise_exception}, or passes a limit. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The line of the template's source, from 1. */
  private final int line;

  JinjaException(int line, String message) {
    super("line " + line + ": " + message);
    this.line = line;
  }

  /** The line of the template's source, from 1. */
  public int line() {
    return line;
  }
}
