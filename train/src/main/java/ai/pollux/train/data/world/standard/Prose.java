package ai.pollux.train.data.world.standard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts files of text into stories and passages. */
final class Prose {
  private static final Pattern STORY_END = Pattern.compile("(?<!\n)\n(?!\n)");
  private static final Pattern BOOK =
      Pattern.compile("\\*\\*\\* START OF.*?\\*\\*\\*(.*)\\*\\*\\* END OF", Pattern.DOTALL);
  private static final int SHORTEST = 200;
  private static final int LONGEST = 1200;

  private Prose() {}

  /** Stories end with a single line break; their paragraphs with two. */
  static List<String> stories(String text) {
    return Arrays.stream(STORY_END.split(text.replace("\r", "")))
        .map(Prose::plain)
        .filter(story -> story.length() >= SHORTEST)
        .toList();
  }

  /** Paragraphs of a book, without what Project Gutenberg put around it. */
  static List<String> passages(String text) {
    var book = BOOK.matcher(text);
    String body = (book.find() ? book.group(1) : text).replace("\r", "");
    List<String> passages = new ArrayList<>();
    for (String paragraph : body.split("\n\\s*\n")) {
      String plain = plain(paragraph.replace('\n', ' '));
      if (plain.length() >= SHORTEST && plain.length() <= LONGEST && isProse(plain)) {
        passages.add(plain);
      }
    }
    return passages;
  }

  /** Not a list of sources, a table, a note. */
  private static boolean isProse(String text) {
    long odd =
        text.chars().filter(c -> c < ' ' || c > '~' || "0123456789[]~|=*".indexOf(c) >= 0).count();
    return 100 * odd <= text.length();
  }

  /** With straight quotes, single spaces, no marks of emphasis. */
  private static String plain(String text) {
    return text.replace('\u2019', '\'')
        .replace('\u2018', '\'')
        .replace('\u201c', '"')
        .replace('\u201d', '"')
        .replace("\u2014", "--")
        .replace("_", "")
        .replaceAll(" +", " ")
        .strip();
  }
}
