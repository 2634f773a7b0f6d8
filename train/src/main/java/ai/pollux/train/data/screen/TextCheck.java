package ai.pollux.train.data.screen;

import ai.pollux.train.data.Sample;
import ai.pollux.train.data.SampleText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule about text. Samples without words pass.
 *
 * @param rule what is wrong with a text; empty for nothing
 */
public record TextCheck(String name, Function<String, Optional<String>> rule) implements Check {
  @Override
  public Optional<String> objection(Sample sample) {
    String text = SampleText.words(sample);
    return text.isBlank() ? Optional.empty() : rule.apply(text);
  }

  /** What prose has to keep: lengths, symbols, page furniture, repetition, English words. */
  public static List<Check> prose() {
    return List.of(
        new TextCheck("length", new LengthRule(50, 100_000, 3, 10)),
        new TextCheck("symbols", SymbolRule.gopher()),
        new TextCheck("page", PageRule::objection),
        new TextCheck("repetition", RepetitionRule::objection),
        new TextCheck("language", LanguageRule.english()));
  }
}
