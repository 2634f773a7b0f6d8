package ai.pollux.train.data.world;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import java.util.List;

/** What is right, and how to say it. */
public sealed interface Answer {
  /** How the model should say it. */
  String text();

  /** Whether what somebody answered is right. */
  boolean isRight(String given);

  /** The same as parts of the model's turn. */
  default List<Part> parts() {
    return List.of(new Part.Text(text()));
  }

  /** Whether what a model answered is right: its text, or its tool call. */
  default boolean isRight(List<Part> given) {
    StringBuilder text = new StringBuilder();
    for (Part part : given) {
      if (part instanceof Part.ToolCall) {
        return false;
      }
      text.append(part instanceof Part.Text said ? said.text() : "");
    }
    return isRight(text.toString());
  }

  /** Whether there is a right and a wrong at all. */
  default boolean isJudged() {
    return true;
  }

  /**
   * One of a few words. Right is any sentence with this word and none of the others; case, spaces
   * and punctuation do not matter.
   *
   * @param text the word, or several
   * @param rivals the other possible answers
   */
  record Choice(String text, List<String> rivals) implements Answer {
    /** Leaves the answer itself out of the rivals. */
    public Choice {
      rivals = rivals.stream().filter(rival -> !rival.equals(text)).toList();
    }

    @Override
    public boolean isRight(String given) {
      Words words = Words.of(given);
      return words.equals(Words.of(text))
          || (words.contains(text)
              && rivals.stream().noneMatch(rival -> words.without(text).contains(Words.of(rival))));
    }
  }

  /** A number. Right is any text whose last number, in digits or as a word, is this one. */
  record Numeric(String text, double value) implements Answer {
    /** A whole number in digits. */
    public static Numeric of(long value) {
      return new Numeric(Long.toString(value), value);
    }

    @Override
    public boolean isRight(String given) {
      var last = Words.lastNumber(given);
      return last.isPresent() && Math.abs(last.getAsDouble() - value) < 1e-9;
    }
  }

  /** A text, letter for letter; only spaces, quotes around it and a full stop may differ. */
  record Exact(String text) implements Answer {
    @Override
    public boolean isRight(String given) {
      return Words.trimmed(given).equals(Words.trimmed(text));
    }
  }

  /** JSON: members in any order, numbers by their value, a fence of Markdown around it or not. */
  record Structured(Json value) implements Answer {
    @Override
    public String text() {
      return value.toString();
    }

    @Override
    public boolean isRight(String given) {
      return JsonEquality.reads(given, value);
    }
  }

  /** A tool call. */
  record Call(String name, Json.Obj arguments) implements Answer {
    @Override
    public String text() {
      return name + arguments;
    }

    @Override
    public List<Part> parts() {
      return List.of(new Part.ToolCall("", name, arguments));
    }

    @Override
    public boolean isRight(String given) {
      return Words.trimmed(given).equals(text());
    }

    @Override
    public boolean isRight(List<Part> given) {
      List<Part.ToolCall> calls =
          given.stream()
              .filter(Part.ToolCall.class::isInstance)
              .map(Part.ToolCall.class::cast)
              .toList();
      return calls.size() == 1
          && calls.getFirst().name().equals(name)
          && JsonEquality.equal(calls.getFirst().arguments(), arguments);
    }
  }

  /** Another answer, said in a sentence or after its reasons. */
  record Said(String text, Answer core) implements Answer {
    @Override
    public boolean isRight(String given) {
      return Words.trimmed(given).equals(Words.trimmed(text)) || core.isRight(given);
    }
  }

  /** A text that is one of many good ones, such as a story. */
  record Free(String text) implements Answer {
    @Override
    public boolean isRight(String given) {
      throw new UnsupportedOperationException(
          "No answer to this is right or wrong: ask isJudged() first, and measure its perplexity.");
    }

    @Override
    public boolean isJudged() {
      return false;
    }
  }
}
