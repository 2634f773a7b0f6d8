package ai.pollux.server.openai;

import ai.pollux.content.Part;
import java.util.ArrayList;
import java.util.List;

/** Thoughts in the text of an answer, between {@code <tag>} and {@code </tag>} before the rest. */
final class ThoughtTag {
  private ThoughtTag() {}

  static String open(String tag) {
    return "<" + tag + ">";
  }

  static String close(String tag) {
    return "</" + tag + ">";
  }

  /** The thought that a text begins with, and the rest. */
  static List<Part> split(String text, String tag) {
    int end = tag.isEmpty() || !text.startsWith(open(tag)) ? -1 : text.indexOf(close(tag));
    if (end < 0) {
      return List.of(new Part.Text(text));
    }
    List<Part> parts = new ArrayList<>();
    parts.add(new Part.Thought(text.substring(open(tag).length(), end)));
    String rest = text.substring(end + close(tag).length());
    if (!rest.isEmpty()) {
      parts.add(new Part.Text(rest));
    }
    return parts;
  }
}
