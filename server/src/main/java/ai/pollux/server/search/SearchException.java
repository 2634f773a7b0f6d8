package ai.pollux.server.search;

import java.io.Serial;

/** A store refuses: the message is fit for who asked. */
public final class SearchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    /** What was asked is wrong in itself. */
    INVALID,
    NOT_FOUND,
    /** It could be done if something else were done before. */
    PRECONDITION
  }

  private final Reason reason;
  private final String field;

  private SearchException(Reason reason, String field, String message) {
    super(message);
    this.reason = reason;
    this.field = field;
  }

  static SearchException invalid(String field, String message) {
    return new SearchException(Reason.INVALID, field, message);
  }

  static SearchException notFound(String name) {
    return new SearchException(Reason.NOT_FOUND, "", name + " does not exist.");
  }

  /** Something else is to be done before. */
  public static SearchException precondition(String message) {
    return new SearchException(Reason.PRECONDITION, "", message);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What is wrong, as the API spells it; empty where that is no member of a body. */
  public String field() {
    return field;
  }
}
