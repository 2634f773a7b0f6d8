package ai.pollux.train.data.source;

import ai.pollux.content.Turn;
import ai.pollux.train.data.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conversations written as {@code \n\nHuman: ...\n\nAssistant: ...}, <a
 * href="https://arxiv.org/abs/2204.05862">arXiv 2204.05862</a>.
 */
final class HumanAssistant {
  private static final Pattern MARK = Pattern.compile("(?:^|\n\n)(Human|Assistant):");

  private HumanAssistant() {}

  static List<Turn> turns(String text) {
    List<Turn> turns = new ArrayList<>();
    Matcher marks = MARK.matcher(text);
    if (!marks.find() || !text.substring(0, marks.start()).isBlank()) {
      throw new BadRecordException(
          "Expected a text that begins with \"Human:\" or \"Assistant:\", found \"%s\"."
              .formatted(text.substring(0, Math.min(40, text.length()))));
    }
    boolean found = true;
    while (found) {
      boolean human = marks.group(1).equals("Human");
      int from = marks.end();
      found = marks.find();
      String said = text.substring(from, found ? marks.start() : text.length()).strip();
      turns.add(human ? Turn.user(said) : Turn.model(said));
    }
    return turns;
  }
}
