package ai.pollux.server.live;

import ai.pollux.server.gemini.Content;
import ai.pollux.server.gemini.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was said so far. Two contents of one role in a row become one, as templates want roles to
 * take turns. For one thread at a time.
 */
final class Dialogue {
  private final List<Content> contents = new ArrayList<>();

  Dialogue(List<Content> past) {
    past.forEach(this::add);
  }

  /** Says more; what has no parts says nothing. */
  void add(Content content) {
    List<Part> parts = parts(content);
    if (parts.isEmpty()) {
      return;
    }
    if (!contents.isEmpty() && role(contents.getLast()).equals(role(content))) {
      List<Part> both = new ArrayList<>(parts(contents.getLast()));
      both.addAll(parts);
      contents.set(contents.size() - 1, new Content(both, role(content)));
    } else {
      contents.add(new Content(List.copyOf(parts), role(content)));
    }
  }

  /** Takes calls back that nobody will answer. */
  void withdrawCalls() {
    if (!contents.isEmpty()) {
      Content last = contents.removeLast();
      add(
          new Content(
              parts(last).stream().filter(part -> part.functionCall() == null).toList(),
              last.role()));
    }
  }

  /** All of it now. */
  List<Content> contents() {
    return List.copyOf(contents);
  }

  /** What it takes in memory, about: characters of text and base64. */
  long characters() {
    return contents.stream()
        .flatMap(content -> parts(content).stream())
        .mapToLong(Dialogue::characters)
        .sum();
  }

  /**
   * Forgets the oldest turn of the user and what answered it. What is left begins with a turn of
   * the user that gives no results of functions.
   *
   * @return whether something could be forgotten; the last turn never is
   */
  boolean dropOldest() {
    for (int i = 1; i < contents.size(); i++) {
      if (isQuestion(contents.get(i))) {
        contents.subList(0, i).clear();
        return true;
      }
    }
    return false;
  }

  private static boolean isQuestion(Content content) {
    return role(content).equals("user")
        && parts(content).stream().noneMatch(part -> part.functionResponse() != null);
  }

  static long characters(Part part) {
    return length(part.text())
        + (part.inlineData() == null ? 0 : length(part.inlineData().data()))
        + (part.functionCall() == null ? 0 : length(part.functionCall().toString()))
        + (part.functionResponse() == null ? 0 : length(part.functionResponse().toString()))
        + 64;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Results of functions are the user's here; another role stays, to be refused by its name. */
  private static String role(Content content) {
    String role = content.role() == null ? "" : content.role();
    return switch (role) {
      case "", "user", "function", "tool" -> "user";
      default -> role;
    };
  }

  private static List<Part> parts(Content content) {
    return content.parts() == null
        ? List.of()
        : content.parts().stream().filter(Objects::nonNull).toList();
  }
}
