package ai.pollux.content.template;

import ai.pollux.content.Part;
import java.util.List;

/**
 * Reads one answer of a model back into parts, as it arrives. The control tokens that it
 * {@linkplain #reads reads} must be spelled out in the text it is given. Not for several threads.
 */
public interface OutputParser {
  /** Takes the next piece of text; returns the parts it completes, text and thoughts in pieces. */
  List<Part> push(String delta);

  /** The answer ended; returns what was still held back. */
  List<Part> end();

  /**
   * Whether something was written that the format does not allow, like a tool call without end. It
   * was given out as plain text.
   */
  boolean isMalformed();

  /**
   * Whether a control token of this spelling means something here. Others are no part of an answer
   * and must not be pushed.
   */
  boolean reads(String mark);

  /** Whether what comes next is thinking, its name and its end included. */
  boolean isThinking();

  /** For models whose answers are text and nothing else. */
  static OutputParser plain() {
    return new OutputParser() {
      @Override
      public List<Part> push(String delta) {
        return delta.isEmpty() ? List.of() : List.of(new Part.Text(delta));
      }

      @Override
      public List<Part> end() {
        return List.of();
      }

      @Override
      public boolean isMalformed() {
        return false;
      }

      @Override
      public boolean reads(String mark) {
        return false;
      }

      @Override
      public boolean isThinking() {
        return false;
      }
    };
  }
}
