package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hand-written scan against the pattern it stands for. */
final class WordSplitterTest {
  private static final String[] UNITS = {
    " ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u00A0",
    "\u3000",
    "\u0085",
    "a",
    "Z",
    "\u00E9",
    "e\u0301",
    "\u4E2D",
    "\uD835\uDD4F",
    "\uD83D\uDE00",
    "1",
    "234",
    "\u00BD",
    "\u0663",
    "'",
    "'s",
    "'LL",
    "'re",
    "'Ve",
    ".",
    "!?",
    "_",
    "\u200D",
    "\0"
  };

  @ParameterizedTest
  @EnumSource(WordSplitter.Rules.class)
  void scanEqualsPattern(WordSplitter.Rules rules) {
    Pattern pattern =
        Pattern.compile(rules.pattern(), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE);
    Splitter definition = new PatternSplitter(pattern, PatternSplitter.Behavior.ISOLATED, false);
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int unit = random.nextInt(12); unit >= 0; unit--) {
        text.append(UNITS[random.nextInt(UNITS.length)]);
      }
      assertThat(chunks(new WordSplitter(rules), text.toString()))
          .isEqualTo(chunks(definition, text.toString()));
    }
  }

  private static List<String> chunks(Splitter splitter, String text) {
    List<String> chunks = new ArrayList<>();
    splitter.split(
        text.toCharArray(),
        0,
        text.length(),
        (chars, start, end) -> chunks.add(new String(chars, start, end - start)));
    return chunks;
  }
}
