package ai.pollux.content;

import java.util.List;

/** What one side said before another spoke: parts in order. */
public record Turn(Role role, List<Part> parts) {
  public Turn {
    parts = List.copyOf(parts);
  }

  /** Who speaks. What the system says stands apart, in {@link Conversation#system}. */
  public enum Role {
    USER,
    MODEL,
    /** Holds {@link Part.ToolResult} alone. */
    TOOL
  }

  /** The user says this. */
  public static Turn user(String text) {
    return new Turn(Role.USER, List.of(new Part.Text(text)));
  }

  /** The model says this. */
  public static Turn model(String text) {
    return new Turn(Role.MODEL, List.of(new Part.Text(text)));
  }

  /** The tools gave these. */
  public static Turn tool(Part.ToolResult... results) {
    return new Turn(Role.TOOL, List.of(results));
  }
}
