package ai.pollux.server.openapi;

import java.util.Locale;

/**
 * What may stand in the query of a request.
 *
 * @param name as the client writes it
 * @param type of its value
 * @param description a sentence
 */
public record Parameter(String name, Type type, String description) {
  /** The kinds of values. */
  public enum Type {
    STRING,
    INTEGER,
    BOOLEAN;

    String schemaName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A parameter of text. */
  public static Parameter text(String name, String description) {
    return new Parameter(name, Type.STRING, description);
  }

  /** A parameter that is a whole number. */
  public static Parameter number(String name, String description) {
    return new Parameter(name, Type.INTEGER, description);
  }
}
