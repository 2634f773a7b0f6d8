package ai.pollux.train.data.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.DataException;
import ai.pollux.train.data.Medium;
import ai.pollux.train.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChecksTest {
  private static final String PROSE =
      """
      The old lighthouse stood at the end of the bay, and nobody in the village could remember a time before it.
      Every evening the keeper climbed its narrow stairs with a lamp in his hand. He looked over the water, counted
      the boats that had come home, and wrote their names in a book. One night a boat was missing! He lit the great
      lamp, rang the bell, and waited until the morning came. Then he saw a small sail that moved slowly to the shore.
      """;

  @TempDir Path folder;

  private static Optional<String> objection(String name, String text) {
    Check check =
        TextCheck.prose().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return check.objection(Sample.Document.of("test", text));
  }

  @Test
  void proseMayStay() {
    for (Check check : TextCheck.prose()) {
      assertThat(check.objection(Sample.Document.of("test", PROSE))).as(check.name()).isEmpty();
    }
  }

  @Test
  void shortTextsAndLongWordsAreSaid() {
    assertThat(objection("length", "Too short.")).contains("2 words, not 50 to 100000");
    assertThat(objection("length", "abcdefghijklmnop ".repeat(60)))
        .contains("words of 16.0 characters on average, not 3 to 10");
  }

  @Test
  void symbolsAreSaid() {
    assertThat(objection("symbols", PROSE + "# ".repeat(30)).orElseThrow())
        .endsWith("# and ellipses for each word, more than 0.10");
    assertThat(objection("symbols", "12 34 56 78 word").orElseThrow())
        .isEqualTo("0.20 of the words hold a letter, not 0.80");
    assertThat(
            objection("symbols", "- one two three four five\n- six seven eight nine ten\n")
                .orElseThrow())
        .contains("begin with a bullet");
    assertThat(
            objection("symbols", "one two three four five six seven eight nine ten more...\n")
                .orElseThrow())
        .contains("end with an ellipsis");
  }

  @Test
  void pageFurnitureIsSaid() {
    assertThat(objection("page", PROSE + "Please enable JavaScript."))
        .contains("holds \"javascript\"");
    assertThat(objection("page", PROSE + "if (a) { b(); }"))
        .contains("holds a curly bracket, as code does");
    assertThat(objection("page", "No sentence")).contains("0 ends of sentences, fewer than 3");
  }

  @Test
  void repetitionIsSaid() {
    assertThat(objection("repetition", "Buy now\n".repeat(5) + PROSE).orElseThrow())
        .contains("of the lines");
    assertThat(objection("repetition", PROSE + "\n\n" + PROSE).orElseThrow())
        .contains("were there before");
    assertThat(objection("repetition", "one two ".repeat(30)).orElseThrow())
        .contains("in the most frequent 2-grams");
    String varied = words(40, 1);
    assertThat(objection("repetition", varied + " " + varied + " " + words(20, 2)).orElseThrow())
        .contains("in repeated 5-grams, more than 0.15");
  }

  private static String words(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + random.nextInt(10_000));
    }
    return String.join(" ", words);
  }

  @Test
  void otherScriptsAndLanguagesAreSaid() {
    assertThat(objection("language", "Это не по-английски, а по-русски.").orElseThrow())
        .isEqualTo("0.00 of the letters are LATIN, not 0.90");
    assertThat(objection("language", "Der Hund lief über die Straße.").orElseThrow())
        .isEqualTo("0 different common words, fewer than 2");
  }

  @Test
  void theSameIsFoundWhateverItsPunctuation() {
    ExactDuplicates check = new ExactDuplicates();
    assertThat(check.objection(Sample.Document.of("a", "Hello, world!"))).isEmpty();
    assertThat(check.objection(Sample.Document.of("a", "Hello world"))).isPresent();
    assertThat(check.objection(picture("Hello world", 0))).isEmpty();
    assertThat(check.objection(picture("hello world", 0))).isPresent();
    assertThat(check.objection(picture("hello world", 1))).isEmpty();
  }

  private static Sample picture(String text, int value) {
    RgbImage image = new RgbImage(1, 1, new byte[] {(byte) value, 0, 0});
    return new Sample.Document(
        "a",
        List.of(new Sample.Piece.Shown(new Medium.Picture(image)), new Sample.Piece.Words(text)));
  }

  @Test
  void nearlyTheSameIsFound() {
    NearDuplicates check = new NearDuplicates(0.8);
    String text = words(400, 1);
    assertThat(check.objection(Sample.Document.of("a", text))).isEmpty();
    // Five other words change 25 of 396 shingles: 371 / (396 + 25) = 0.88 in common.
    String near = text.replaceFirst("^(\\S+ ){5}", "other words stand here now ");
    assertThat(check.objection(Sample.Document.of("a", near)).orElseThrow())
        .startsWith("about 0.9");
    assertThat(check.objection(Sample.Document.of("a", words(400, 2)))).isEmpty();
    String half = words(200, 3) + " " + text.substring(text.length() / 2);
    assertThat(check.objection(Sample.Document.of("a", half))).isEmpty();
    assertThatThrownBy(() -> new NearDuplicates(0.1))
        .hasMessage("near duplicates: expected a share from 0.5 to 1, found 0.1");
  }

  /** The estimate against the share that is counted: 128 hashes are off by 3 · 0.044 at most. */
  @Test
  void theEstimateIsNearTheTruth() {
    String text = words(500, 5);
    for (int changed : new int[] {10, 50, 90}) {
      NearDuplicates check = new NearDuplicates(0.5);
      check.objection(Sample.Document.of("a", text));
      String other = words(changed, 6) + " " + text.split(" ", changed + 1)[changed];
      // Of 496 shingles, those of the 500 - changed last words stay.
      double truth = (496.0 - changed) / (496 + changed);
      String found = check.objection(Sample.Document.of("a", other)).orElseThrow();
      double estimate = Double.parseDouble(found.split(" ")[1]);
      assertThat(estimate).isBetween(truth - 0.14, truth + 0.14);
    }
  }

  @Test
  void theClassifierTellsWhatItLearnedAndIsKept() {
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    String[] nice = {"the", "sea", "was", "calm", "and", "she", "read", "a", "letter", "."};
    String[] spam = {"buy", "cheap", "click", "now", "!", "free", "deal", "the", "a", "$"};
    for (int i = 0; i < 200; i++) {
      good.add(text(nice, random));
      bad.add(text(spam, random));
    }
    QualityClassifier classifier = QualityClassifier.train(good, bad, 1);
    long right = 0;
    for (int i = 0; i < 100; i++) {
      right += classifier.score(text(nice, random)) > 0.5 ? 1 : 0;
      right += classifier.score(text(spam, random)) < 0.5 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(195);
    Path file = folder.resolve("quality.bin");
    classifier.save(file);
    QualityClassifier loaded = QualityClassifier.load(file);
    assertThat(loaded.score(bad.getFirst())).isEqualTo(classifier.score(bad.getFirst()));
    assertThat(QualityClassifier.train(good, bad, 1).score(PROSE))
        .isEqualTo(classifier.score(PROSE));
    Check check = loaded.check(0.5);
    assertThat(check.objection(Sample.Document.of("a", bad.getFirst())).orElseThrow())
        .startsWith("scores 0.")
        .endsWith("less than 0.50");
    assertThat(check.objection(Sample.Document.of("a", good.getFirst()))).isEmpty();
  }

  private static String text(String[] words, SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append(words[random.nextInt(words.length)]).append(' ');
    }
    return text.toString();
  }

  @Test
  void aClassifierNeedsExamplesAndItsOwnFile() throws IOException {
    assertThatThrownBy(() -> QualityClassifier.train(List.of("a"), List.of(), 1))
        .isInstanceOf(DataException.class)
        .hasMessage("A classifier needs good and bad examples, found 1 and 0.");
    Path file = Files.writeString(folder.resolve("other"), "something else");
    assertThatThrownBy(() -> QualityClassifier.load(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a quality classifier of 65544 bytes, found another file");
    assertThatThrownBy(() -> QualityClassifier.load(folder.resolve("absent")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aTableOfHashesGrows() {
    HashTable table = new HashTable();
    for (long i = 0; i < 5000; i++) {
      assertThat(table.add(i * i, 1 << (i % 3))).isTrue();
    }
    assertThat(table.add(49, 8)).isFalse();
    assertThat(table.bits(49)).isEqualTo(8 | 1 << (7 % 3));
    assertThat(table.bits(0)).isEqualTo(1);
    assertThat(table.bits(50)).isZero();
    assertThat(table.size()).isEqualTo(5000);
  }
}
