package ai.pollux.content;

/**
 * A tool that the model may call.
 *
 * @param parameters JSON schema of the arguments; {@link Json.Obj#EMPTY} where it takes none
 * @param response JSON schema of what it gives; {@link Json.Obj#EMPTY} where that is not said
 */
public record ToolDeclaration(
    String name, String description, Json.Obj parameters, Json.Obj response) {
  /** A tool whose response has no schema. */
  public ToolDeclaration(String name, String description, Json.Obj parameters) {
    this(name, description, parameters, Json.Obj.EMPTY);
  }
}
