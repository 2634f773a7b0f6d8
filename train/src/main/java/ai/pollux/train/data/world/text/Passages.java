package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Exchange;
import ai.pollux.train.data.world.Problem;
import ai.pollux.train.data.world.Split;
import ai.pollux.train.data.world.Task;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import ai.pollux.train.data.world.World;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Texts of others: to tell, or to continue. Each text belongs to one split; nothing about it is
 * right or wrong.
 *
 * @param parts the texts of each split
 * @param tells whether they are stories, told on request
 */
record Passages(String name, Map<Split, List<String>> parts, boolean tells) implements Task {
  private static final int MOST = 1200; // characters
  private static final List<String> TOPICS =
      Stream.of(Wordlist.ANIMALS, Wordlist.THINGS, Wordlist.FOODS).flatMap(List::stream).toList();

  static World.Share of(String name, List<String> texts, boolean tells, double weight) {
    Map<Split, List<String>> parts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      parts.put(split, texts.stream().filter(text -> Split.of(text) == split).toList());
      if (parts.get(split).isEmpty()) {
        throw new IllegalArgumentException(
            "%s: none of %d texts belongs to %s. Give more texts."
                .formatted(name, texts.size(), split));
      }
    }
    return new World.Share(new Passages(name, parts, tells), weight);
  }

  @Override
  public Problem pose(Draw draw) {
    String text = cut(draw.one(parts.getOrDefault(draw.split(), List.of())), MOST);
    if (tells) {
      return problem(request(draw, text), text);
    }
    int middle = sentence(text, text.length() / 3);
    return problem(
        draw.of("Continue: ", "Go on: ", "What comes next?\n", "")
            + text.substring(0, middle).strip(),
        text.substring(middle).strip());
  }

  private Problem problem(String question, String text) {
    return new Problem(name, "", List.of(), List.of(Exchange.of(question, new Answer.Free(text))));
  }

  private static String request(Draw draw, String story) {
    String words = " " + story.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ") + " ";
    List<String> topics =
        TOPICS.stream().filter(topic -> words.contains(" " + topic + " ")).toList();
    if (topics.isEmpty() || draw.chance(0.15)) {
      return draw.of("Tell me a story.", "Tell a short story.", "A story, please.");
    }
    return draw.of(
            "Tell me a story about %s.",
            "Write a short story with %s.", "Do you know a story about %s?")
        .formatted(Wording.a(draw.one(topics)));
  }

  /** As many whole sentences as fit; all of a text that has none. */
  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, lastEnd(text, most)).strip();
  }

  private static int lastEnd(String text, int most) {
    for (int i = most; i > most / 4; i--) {
      if (isEnd(text, i)) {
        return i;
      }
    }
    return most;
  }

  private static int sentence(String text, int from) {
    for (int i = from; i < text.length() * 2 / 3; i++) {
      if (isEnd(text, i)) {
        return i;
      }
    }
    return from;
  }

  /** Whether a sentence ends before a place. */
  private static boolean isEnd(String text, int at) {
    return ".!?\"".indexOf(text.charAt(at - 1)) >= 0 && Character.isWhitespace(text.charAt(at));
  }
}
