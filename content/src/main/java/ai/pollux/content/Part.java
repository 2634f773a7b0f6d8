package ai.pollux.content;

/** A piece of what somebody said. */
public sealed interface Part {
  /** Plain text. */
  record Text(String text) implements Part {}

  /** Text of the model's thinking; not part of its answer. */
  record Thought(String text) implements Part {}

  /** A still image. */
  record Image(Media media, MediaResolution resolution) implements Part {
    /** At the model's own resolution. */
    public Image(Media media) {
      this(media, MediaResolution.DEFAULT);
    }
  }

  /** Sound. */
  record Audio(Media media) implements Part {}

  /** Moving images, with or without sound. */
  record Video(Media media, Clip clip, MediaResolution resolution) implements Part {
    /** All of it, at the model's own resolution. */
    public Video(Media media) {
      this(media, Clip.WHOLE, MediaResolution.DEFAULT);
    }
  }

  /** A document to read, such as a PDF. */
  record Document(Media media, MediaResolution resolution) implements Part {
    /** At the model's own resolution. */
    public Document(Media media) {
      this(media, MediaResolution.DEFAULT);
    }
  }

  /**
   * The model asks for a tool.
   *
   * @param id what the result names the call by; empty where nobody gave one
   * @param arguments an object; a string where somebody gave the arguments already written out
   */
  record ToolCall(String id, String name, Json arguments) implements Part {}

  /**
   * What a tool gave.
   *
   * @param id the {@link ToolCall#id} that it answers; empty where the call had none
   * @param response usually an object; any JSON value
   */
  record ToolResult(String id, String name, Json response) implements Part {}

  /**
   * Code that the model wrote to be run.
   *
   * @param language as the API names it, like {@code PYTHON}
   */
  record Code(String language, String source) implements Part {}

  /** What running {@link Code} printed. */
  record CodeResult(Outcome outcome, String output) implements Part {}

  /** How running code ended. */
  enum Outcome {
    OK,
    FAILED,
    DEADLINE_EXCEEDED
  }
}
